package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Writes a device in the form that each endpoint uses; the fields differ. */
final class DeviceJson {
    private DeviceJson() {}

    /**
     * Returns the details of a device, which are also the items of a user's list: with owner and status, without the
     * gateway.
     */
    static ObjectNode details(FakeDevice device, ArrayNode status) {
        ObjectNode json =
                common(device).put("uid", device.uid()).put("biz_type", 0).put("local_key", device.localKey());
        json.set("status", status);
        return json;
    }

    /** Returns an item of the list by source: with the gateway and the category name, without owner and status. */
    static ObjectNode bySource(FakeDevice device) {
        return common(device)
                .put("local_key", device.localKey())
                .put("gateway_id", orEmpty(device.gatewayId()))
                .put("category_name", device.product().categoryName())
                .put("asset_id", "");
    }

    static ObjectNode factoryInfo(FakeDevice device, boolean colons) {
        ObjectNode json = Json.object()
                .put("id", device.id())
                .put("uuid", device.uuid())
                .put("mac", colons ? withColons(device.mac()) : device.mac());
        if (device.serialNumber() != null) {
            json.put("sn", device.serialNumber());
        }
        return json;
    }

    static ObjectNode subDevice(FakeDevice device) {
        return Json.object()
                .put("id", device.id())
                .put("name", device.name())
                .put("node_id", device.uuid())
                .put("online", device.online())
                .put("owner_id", Long.toString(device.homeId()))
                .put("category", device.product().category())
                .put("product_id", device.product().id())
                .put("icon", device.product().icon())
                .put("active_time", device.createdAt().getEpochSecond())
                .put("update_time", device.updatedAt().getEpochSecond());
    }

    private static ObjectNode common(FakeDevice device) {
        boolean isSubDevice = device.gatewayId() != null;
        ObjectNode json = Json.object()
                .put("id", device.id())
                .put("uuid", device.uuid())
                .put("name", device.name())
                .put("category", device.product().category())
                .put("product_id", device.product().id())
                .put("product_name", device.product().name())
                .put("model", device.product().model())
                .put("icon", device.product().icon())
                .put("online", device.online())
                .put("ip", isSubDevice ? "" : device.publicIp())
                .put("lat", "49.1310")
                .put("lon", "16.8096")
                .put("sub", isSubDevice)
                .put("owner_id", Long.toString(device.homeId()))
                .put("time_zone", "+01:00")
                .put("active_time", device.createdAt().getEpochSecond())
                .put("create_time", device.createdAt().getEpochSecond())
                .put("update_time", device.updatedAt().getEpochSecond());
        if (isSubDevice) {
            json.put("node_id", device.uuid());
        }
        return json;
    }

    private static String withColons(String hexDigits) {
        return hexDigits.replaceAll("(..)(?=.)", "$1:");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
