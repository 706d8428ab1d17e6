package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The endpoints of the thing model, which read and set all data points, custom ones included. */
final class ThingEndpoints {
    static final String TEMPLATE = "/v2.0/cloud/thing/{id}";

    private final World world;
    private final DeviceActions actions;
    private final Quirks quirks;

    private ThingEndpoints(World world, DeviceActions actions, Quirks quirks) {
        this.world = world;
        this.quirks = quirks;
        this.actions = actions;
    }

    static void addTo(Router router, World world, DeviceActions actions, Quirks quirks) {
        ThingEndpoints endpoints = new ThingEndpoints(world, actions, quirks);
        router.add("GET", TEMPLATE, call -> ThingJson.details(endpoints.device(call)));
        router.add("GET", TEMPLATE + "/model", endpoints::model);
        router.add("GET", TEMPLATE + "/shadow/properties", endpoints::properties);
        router.add("POST", TEMPLATE + "/shadow/properties/issue", endpoints::issue);
    }

    private FakeDevice device(Call call) {
        return world.require(call.path("id"));
    }

    private JsonNode model(Call call) {
        return Json.object().put("model", Json.text(ThingJson.model(device(call).product())));
    }

    private JsonNode properties(Call call) {
        FakeDevice device = device(call);
        String codes = call.query("codes");
        Set<String> wanted = codes == null ? Set.of() : Set.copyOf(Call.list(codes));
        ArrayNode properties = Json.array();
        device.properties().forEach((code, property) -> {
            if (wanted.isEmpty() || wanted.contains(code)) {
                properties.add(ThingJson.property(device.product(), code, property, quirks.has(Quirk.EMPTY_VALUES)));
            }
        });
        ObjectNode result = Json.object();
        result.set("properties", properties);
        return result;
    }

    private JsonNode issue(Call call) {
        FakeDevice device = device(call);
        JsonNode text = call.body().path("properties");
        // The documentation's type is String, although its example has an object.
        if (!text.isTextual()) {
            throw Refusal.illegal("properties must be a JSON object in a string");
        }
        JsonNode properties = Json.parse(text.textValue())
                .filter(tree -> tree.isObject() && !tree.isEmpty())
                .orElseThrow(() -> Refusal.illegal("properties must hold a JSON object"));
        Map<String, JsonNode> accepted = new LinkedHashMap<>();
        properties.properties().forEach(property -> {
            FakeDataPoint point = device.product()
                    .dataPoint(property.getKey())
                    .filter(FakeDataPoint::writable)
                    .orElseThrow(Refusal::notSupportedValue);
            accepted.put(point.code(), ValueCheck.accept(point, property.getValue()));
        });
        if (!device.online()) {
            throw Refusal.deviceOffline();
        }
        actions.command(device, accepted);
        return Json.object();
    }
}
