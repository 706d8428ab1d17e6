package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Writes devices, products and values in the form of the thing model. */
final class ThingJson {
    private ThingJson() {}

    static ObjectNode details(FakeDevice device) {
        boolean isSubDevice = device.gatewayId() != null;
        return Json.object()
                .put("id", device.id())
                .put("uuid", device.uuid())
                .put("name", device.product().name())
                .put("custom_name", device.name())
                .put("category", device.product().category())
                .put("product_id", device.product().id())
                .put("product_name", device.product().name())
                .put("icon", device.product().icon())
                .put("ip", isSubDevice ? "" : device.publicIp())
                .put("lat", "49.1310")
                .put("lon", "16.8096")
                .put("local_key", device.localKey())
                .put("is_online", device.online())
                .put("sub", isSubDevice)
                .put("time_zone", "+01:00")
                .put("active_time", device.createdAt().getEpochSecond())
                .put("create_time", device.createdAt().getEpochSecond())
                .put("update_time", device.updatedAt().getEpochSecond());
    }

    /** Returns the model of a product, which the endpoint sends as JSON inside a string. */
    static ObjectNode model(FakeProduct product) {
        ObjectNode service =
                Json.object().put("code", "").put("name", "default").put("description", "");
        service.putArray("actions");
        service.putArray("events");
        for (FakeDataPoint point : product.dataPoints()) {
            service.withArray("properties")
                    .addObject()
                    .put("abilityId", point.dpId())
                    .put("accessMode", point.writable() ? "rw" : "ro")
                    .put("code", point.code())
                    .put("description", "")
                    .put("name", point.code().replace('_', ' '))
                    .set("typeSpec", typeSpec(point));
        }
        ObjectNode model = Json.object().put("modelId", "m" + product.id());
        model.putArray("services").add(service);
        return model;
    }

    static ObjectNode property(
            FakeProduct product, String code, FakeDevice.Property property, boolean emptyIfNeverSet) {
        ObjectNode json = Json.object()
                .put("code", code)
                .put("custom_name", "")
                .put("dp_id", product.dataPoint(code).map(FakeDataPoint::dpId).orElse(0))
                .put("time", property.since().toEpochMilli())
                .put("type", product.dataPoint(code).map(ThingJson::type).orElse("string"));
        json.set("value", property.shown(emptyIfNeverSet));
        return json;
    }

    private static ObjectNode typeSpec(FakeDataPoint point) {
        ObjectNode spec = Json.object().put("type", type(point));
        JsonNode values = Json.parse(point.values()).orElseGet(Json::object);
        switch (spec.path("type").textValue()) {
            // The thing model has no nested types: such values are texts there.
            case "string" -> spec.put("maxlen", values.path("maxlen").asInt(255));
            case "bool" -> spec.put("typeDefaultValue", false);
            default -> values.properties().forEach(value -> spec.set(value.getKey(), value.getValue()));
        }
        return spec;
    }

    private static String type(FakeDataPoint point) {
        return switch (point.type().toLowerCase(Locale.ROOT)) {
            case "boolean" -> "bool";
            case "integer" -> "value";
            case "enum" -> "enum";
            case "bitmap" -> "bitmap";
            case "raw" -> "raw";
            default -> "string";
        };
    }
}
