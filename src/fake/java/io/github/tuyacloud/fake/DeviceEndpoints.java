package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The endpoints for single devices: details, status, renaming, removal and sub-devices. */
final class DeviceEndpoints {
    private static final int MAX_IDS = 20;

    private final World world;
    private final Quirks quirks;

    private DeviceEndpoints(World world, Quirks quirks) {
        this.world = world;
        this.quirks = quirks;
    }

    static void addTo(Router router, World world, Quirks quirks) {
        DeviceEndpoints endpoints = new DeviceEndpoints(world, quirks);
        router.add("GET", "/v1.0/devices/{id}", endpoints::details);
        router.add("GET", "/v1.0/iot-03/devices/{id}", endpoints::iotCoreDetails);
        router.add("GET", "/v1.1/iot-03/devices/{id}", endpoints::iotCoreDetails);
        for (String family : new String[] {"/v1.0/devices", "/v1.0/iot-03/devices"}) {
            router.add("GET", family + "/status", endpoints::statusOfSeveral);
            router.add("GET", family + "/{id}/status", endpoints::status);
            router.add("GET", family + "/{id}/sub-devices", endpoints::subDevices);
            router.add("PUT", family + "/{id}", endpoints::rename);
            router.add("DELETE", family + "/{id}", endpoints::remove);
        }
    }

    private FakeDevice device(Call call) {
        return world.require(call.path("id"));
    }

    private JsonNode details(Call call) {
        FakeDevice device = device(call);
        return DeviceJson.details(device, quirks.status(device));
    }

    private JsonNode status(Call call) {
        return quirks.status(device(call));
    }

    private JsonNode iotCoreDetails(Call call) {
        FakeDevice device = device(call);
        ObjectNode json = DeviceJson.bySource(device);
        return device.serialNumber() == null ? json : json.put("sn", device.serialNumber());
    }

    private JsonNode statusOfSeveral(Call call) {
        ArrayNode result = Json.array();
        for (String id : call.ids("device_ids", MAX_IDS)) {
            result.addObject().put("id", id).set("status", quirks.status(world.require(id)));
        }
        return result;
    }

    private JsonNode subDevices(Call call) {
        String gateway = device(call).id();
        ArrayNode result = Json.array();
        world.devices().stream()
                .filter(device -> gateway.equals(device.gatewayId()))
                .forEach(device -> result.add(DeviceJson.subDevice(device)));
        return result;
    }

    private JsonNode rename(Call call) {
        FakeDevice device = device(call);
        JsonNode name = call.body().path("name");
        if (!name.isTextual() || name.textValue().isBlank()) {
            throw Refusal.missing("name");
        }
        device.setName(name.textValue());
        return BooleanNode.TRUE;
    }

    private JsonNode remove(Call call) {
        if (!world.remove(call.path("id"))) {
            throw Refusal.permissionDenied();
        }
        return BooleanNode.TRUE;
    }
}
