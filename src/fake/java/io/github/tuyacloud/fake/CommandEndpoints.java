package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The endpoints that command a device by its instruction set. */
final class CommandEndpoints {
    private final World world;
    private final Clock clock;

    private CommandEndpoints(World world, Clock clock) {
        this.world = world;
        this.clock = clock;
    }

    static void addTo(Router router, World world, Clock clock) {
        CommandEndpoints endpoints = new CommandEndpoints(world, clock);
        router.add("POST", "/v1.0/iot-03/devices/{id}/commands", endpoints::command);
        router.add("POST", "/v1.0/devices/{id}/commands", endpoints::command);
    }

    private JsonNode command(Call call) {
        FakeDevice device = world.require(call.path("id"));
        JsonNode commands = call.body().path("commands");
        if (!commands.isArray() || commands.isEmpty()) {
            throw Refusal.missing("commands");
        }
        // All are checked before the first is carried out: a refusal must mean that nothing has happened.
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
        Instant now = clock.instant();
        accepted.forEach((code, value) -> device.carryOut(code, value, now));
        return BooleanNode.TRUE;
    }
}
