package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The endpoints that list devices, each with its own paging parameters, and the one for factory data. */
final class DeviceListEndpoints {
    private final World world;
    private final Quirks quirks;

    private DeviceListEndpoints(World world, Quirks quirks) {
        this.world = world;
        this.quirks = quirks;
    }

    static void addTo(Router router, World world, Quirks quirks) {
        DeviceListEndpoints endpoints = new DeviceListEndpoints(world, quirks);
        router.add("GET", "/v1.0/users/{uid}/devices", endpoints::ofUser);
        router.add("GET", "/v1.0/iot-01/associated-users/devices", endpoints::ofAllUsers);
        router.add("GET", "/v1.3/iot-03/devices", endpoints::bySource);
        router.add("GET", "/v1.0/devices/factory-infos", call -> endpoints.factoryInfos(call, 50, true));
        router.add("GET", "/v1.0/iot-03/devices/factory-infos", call -> endpoints.factoryInfos(call, 20, false));
    }

    /** A plain list without paging: the user's own devices, or those that others share with the user. */
    private JsonNode ofUser(Call call) {
        String uid = call.path("uid");
        world.requireUser(uid);
        boolean shared = "sharing".equals(call.query("from"));
        List<FakeDevice> devices = shared ? world.sharedWith(uid) : world.devices(uid);
        if (call.query("page_size") != null || call.query("page_no") != null) {
            int size = call.size("page_size", 20, 100);
            long start = (call.number("page_no", 1) - 1) * size;
            devices = devices.stream().skip(Math.max(0, start)).limit(size).toList();
        }
        return list(devices, device -> DeviceJson.details(device, quirks.listedStatus(device)));
    }

    private JsonNode ofAllUsers(Call call) {
        int size = call.size("size", 20, 100);
        long from = call.number("start_update_time", 0);
        long to = call.number("end_update_time", Long.MAX_VALUE);
        World.Page page = world.page(null, call.query("last_row_key"), size, device -> {
            long updated = device.updatedAt().getEpochSecond();
            return from <= updated && updated <= to;
        });
        return describe(page, "devices", this::linked);
    }

    private ObjectNode linked(FakeDevice device) {
        ObjectNode json = DeviceJson.details(device, quirks.listedStatus(device));
        if (quirks.omitLocalKeysInAssociatedList) {
            json.remove("local_key");
        }
        if (!quirks.omitGatewayIdsInAssociatedList && device.gatewayId() != null) {
            json.put("gateway_id", device.gatewayId());
        }
        return json;
    }

    private JsonNode bySource(Call call) {
        int size = call.size("page_size", 20, 200);
        Set<String> ids = call.query("device_ids") == null ? Set.of() : new HashSet<>(call.ids("device_ids", 20));
        String uid = null;
        String sourceProduct = null;
        if (ids.isEmpty()) {
            switch (call.requiredQuery("source_type")) {
                case "tuyaUser" -> {
                    uid = call.requiredQuery("source_id");
                    world.requireUser(uid);
                }
                case "product" -> sourceProduct = call.requiredQuery("source_id");
                default -> throw Refusal.illegal("source_type must be tuyaUser or product here");
            }
        }
        String product = sourceProduct == null ? call.query("product_id") : sourceProduct;
        World.Page page = world.page(
                uid,
                call.query("last_row_key"),
                size,
                device -> (ids.isEmpty() || ids.contains(device.id()))
                        && matches(product, device.product().id())
                        && matches(call.query("category"), device.product().category())
                        && matches(call.query("name"), device.name()));
        return describe(page, "list", DeviceJson::bySource);
    }

    private JsonNode factoryInfos(Call call, int max, boolean colons) {
        List<FakeDevice> devices =
                call.ids("device_ids", max).stream().map(world::require).toList();
        return list(devices, device -> DeviceJson.factoryInfo(device, colons));
    }

    private static ObjectNode describe(World.Page page, String listName, Function<FakeDevice, ObjectNode> form) {
        ObjectNode json = Json.object();
        json.set(listName, list(page.devices(), form));
        // The last page has a row key too, as in the real cloud: only has_more ends the list.
        return json.put("has_more", page.hasMore())
                .put("last_row_key", page.lastRowKey())
                .put("total", page.total());
    }

    private static ArrayNode list(List<FakeDevice> devices, Function<FakeDevice, ObjectNode> form) {
        ArrayNode list = Json.array();
        devices.forEach(device -> list.add(form.apply(device)));
        return list;
    }

    private static boolean matches(@Nullable String wanted, String actual) {
        return wanted == null || Objects.equals(wanted, actual);
    }
}
