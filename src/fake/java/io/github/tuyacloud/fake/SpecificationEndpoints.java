package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The endpoints that describe data points: functions and specifications, with and without DP ids. */
final class SpecificationEndpoints {
    /** One product in that many is odd, under {@link Quirk#ODD_PRODUCTS}. */
    private static final int ODD_EVERY = 5;

    private final World world;
    private final Quirks quirks;

    private SpecificationEndpoints(World world, Quirks quirks) {
        this.world = world;
        this.quirks = quirks;
    }

    static void addTo(Router router, World world, Quirks quirks) {
        SpecificationEndpoints endpoints = new SpecificationEndpoints(world, quirks);
        router.add("GET", "/v1.0/devices/{id}/functions", endpoints::functions);
        router.add("GET", "/v1.0/iot-03/devices/{id}/functions", endpoints::functions);
        router.add("GET", "/v1.0/iot-03/devices/{id}/specification", call -> endpoints.specification(call, false));
        router.add("GET", "/v1.0/devices/{id}/specifications", call -> endpoints.specification(call, false));
        router.add("GET", "/v1.1/devices/{id}/specifications", call -> endpoints.specification(call, true));
    }

    /** Returns whether this is an endpoint about the data points of a product. */
    static boolean covers(String template) {
        return template.endsWith("/functions")
                || template.endsWith("/specification")
                || template.endsWith("/specifications");
    }

    private JsonNode functions(Call call) {
        FakeProduct product = product(call);
        ArrayNode functions = Json.array();
        standardPoints(product).stream()
                .filter(FakeDataPoint::writable)
                .forEach(point -> functions.add(entry(point, false)
                        .put("name", point.code().replace('_', ' '))
                        .put("desc", point.values())));
        ObjectNode result = Json.object().put("category", product.category());
        result.set("functions", functions);
        return result;
    }

    private JsonNode specification(Call call, boolean withDpId) {
        FakeProduct product = product(call);
        int place = world.place(product);
        if (quirks.has(Quirk.ODD_PRODUCTS) && place % ODD_EVERY == 1) {
            return oddSpecification(product, place / ODD_EVERY);
        }
        ArrayNode functions = Json.array();
        ArrayNode status = Json.array();
        for (FakeDataPoint point : standardPoints(product)) {
            status.add(entry(point, withDpId));
            if (point.writable()) {
                functions.add(entry(point, withDpId));
            }
        }
        ObjectNode result = Json.object().put("category", product.category());
        result.set("functions", functions);
        result.set("status", status);
        return result;
    }

    private static JsonNode oddSpecification(FakeProduct product, int kind) {
        ObjectNode result = Json.object().put("category", product.category());
        return switch (kind % ODD_EVERY) {
            case 0 -> throw Refusal.permissionDenied();
            case 1 -> Json.tree(null);
            case 2 -> Json.array();
            case 3 -> result;
            default -> {
                result.putArray("functions").add("switch").add(1);
                result.putArray("status").addNull();
                yield result;
            }
        };
    }

    private FakeProduct product(Call call) {
        FakeProduct product = world.require(call.path("id")).product();
        if (standardPoints(product).isEmpty()) {
            throw Refusal.notSupportedDevice();
        }
        return product;
    }

    private static List<FakeDataPoint> standardPoints(FakeProduct product) {
        return product.dataPoints().stream().filter(FakeDataPoint::standard).toList();
    }

    private static ObjectNode entry(FakeDataPoint point, boolean withDpId) {
        ObjectNode entry = Json.object()
                .put("code", point.code())
                .put("type", point.type())
                .put("values", point.values());
        if (withDpId && point.dpId() > 0) {
            entry.put("dp_id", point.dpId());
        }
        return entry;
    }
}
