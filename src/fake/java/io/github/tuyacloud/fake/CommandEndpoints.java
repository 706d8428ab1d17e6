package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The endpoints that send commands of the instruction set to a device. */
final class CommandEndpoints {
    private final World world;
    private final DeviceActions actions;

    private CommandEndpoints(World world, DeviceActions actions) {
        this.world = world;
        this.actions = actions;
    }

    static void addTo(Router router, World world, DeviceActions actions) {
        CommandEndpoints endpoints = new CommandEndpoints(world, actions);
        router.add("POST", "/v1.0/iot-03/devices/{id}/commands", endpoints::command);
        router.add("POST", "/v1.0/devices/{id}/commands", endpoints::command);
    }

    private JsonNode command(Call call) {
        FakeDevice device = world.require(call.path("id"));
        JsonNode commands = call.body().path("commands");
        if (!commands.isArray() || commands.isEmpty()) {
            throw Refusal.missing("commands");
        }
        // All commands are checked before the first one is carried out, because a refusal means that nothing happened.
        Map<String, JsonNode> accepted = new LinkedHashMap<>();
        for (JsonNode command : commands) {
            String code = command.path("code").asText();
            FakeDataPoint point = device.product()
                    .dataPoint(code)
                    .filter(candidate -> candidate.writable() && candidate.standard())
                    .orElseThrow(Refusal::notSupportedValue);
            accepted.put(code, ValueCheck.accept(point, command.path("value")));
        }
        if (!device.online()) {
            throw Refusal.deviceOffline();
        }
        actions.command(device, accepted);
        return BooleanNode.TRUE;
    }
}
