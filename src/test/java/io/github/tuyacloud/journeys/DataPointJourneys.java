package io.github.tuyacloud.journeys;

import static io.github.tuyacloud.fake.DemoWorld.GATEWAY;
import static io.github.tuyacloud.fake.DemoWorld.LAMP;
import static io.github.tuyacloud.fake.DemoWorld.OFFLINE_PLUG;
import static io.github.tuyacloud.fake.DemoWorld.PLUG;
import static io.github.tuyacloud.fake.DemoWorld.SENSOR;

import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.DescribedValue;
import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.model.DpMapping;
import java.util.List;
import java.util.Map;

/** Journeys through status, specifications, commands and the thing model. */
final class DataPointJourneys {
    private DataPointJourneys() {}

    static List<Journey> all() {
        return List.of(
                new Journey("status", (world, facts) -> List.of(LAMP, PLUG, SENSOR, GATEWAY)
                        .forEach(id ->
                                facts.values(id + ".", world.cloud.getStatus(id).dataPoints()))),
                new Journey("typed status", DataPointJourneys::typedStatus),
                new Journey("status of several", (world, facts) -> world.cloud
                        .devices()
                        .statuses(List.of(LAMP, PLUG, SENSOR))
                        .forEach((id, status) -> facts.values(id + ".", status.dataPoints()))),
                new Journey(
                        "functions",
                        (world, facts) ->
                                facts.specs("", world.cloud.getFunctions(LAMP).functions())),
                new Journey("specification", (world, facts) -> specification(facts, world.cloud.getProperties(LAMP))),
                new Journey("dps", (world, facts) -> specification(facts, world.cloud.getDps(LAMP))),
                new Journey("dps of a gateway", (world, facts) -> specification(facts, world.cloud.getDps(GATEWAY))),
                new Journey("mapping", DataPointJourneys::mapping),
                new Journey("mappings", DataPointJourneys::mappings),
                new Journey("described status", DataPointJourneys::describedStatus),
                new Journey("full mapping", DataPointJourneys::fullMapping),
                new Journey("command", DataPointJourneys::command),
                new Journey("checked command", DataPointJourneys::checkedCommand),
                new Journey(
                        "command of a wrong value",
                        (world, facts) -> world.cloud.sendCommand(LAMP, Command.of("bright_value_v2", 5_000))),
                new Journey(
                        "command to an offline device",
                        (world, facts) -> world.cloud.sendCommand(OFFLINE_PLUG, Command.of("switch_1", true))),
                new Journey("command in the other family", (world, facts) -> {
                    facts.put(
                            "response",
                            world.cloud.sendCommand(
                                    PLUG,
                                    Map.of("commands", List.of(Map.of("code", "switch_1", "value", true))),
                                    "devices/"));
                    facts.put("switch_1", world.fake.device(PLUG).status("switch_1"));
                }),
                new Journey(
                        "thing",
                        (world, facts) -> facts.device(world.cloud.things().device(LAMP))),
                new Journey("properties", DataPointJourneys::properties),
                new Journey(
                        "properties by code",
                        (world, facts) -> facts.values(
                                "",
                                world.cloud
                                        .things()
                                        .properties(LAMP, "night_light", "work_mode")
                                        .status()
                                        .dataPoints())),
                new Journey("thing model", (world, facts) -> world.cloud
                        .things()
                        .model(LAMP)
                        .properties()
                        .forEach(property -> facts.put(
                                String.valueOf(property.code()),
                                property.dpId() + " " + property.accessMode() + " " + property.typeSpec()))),
                new Journey("set properties", (world, facts) -> {
                    facts.put("response", world.cloud.things().setProperties(LAMP, Map.of("night_light", "dim")));
                    facts.put("night_light", world.fake.device(LAMP).status("night_light"));
                }));
    }

    private static void specification(Facts facts, DeviceSpecification specification) {
        facts.put("category", specification.category());
        facts.specs("function.", specification.functions());
        facts.specs("status.", specification.status());
    }

    private static void typedStatus(JourneyWorld world, Facts facts) {
        DeviceStatus status = world.cloud.getStatus(LAMP);
        facts.put("switch_led", status.getBoolean("switch_led"));
        facts.put("bright_value_v2", status.getLong("bright_value_v2"));
        facts.put("temp_value_v2", status.getDecimal("temp_value_v2"));
        facts.put("work_mode", status.getText("work_mode"));
        facts.put("absent", status.get("absent"));
    }

    private static void mapping(JourneyWorld world, Facts facts) {
        String product = world.fake.device(PLUG).product().id();
        facts.mapping("", world.cloud.getMapping(product, PLUG).orElse(null));
        facts.mapping("again.", world.cloud.getMapping(product).orElse(null));
        facts.put("requests", world.fake.requestCount("GET", "/v1.1/devices/{id}/specifications"));
    }

    private static void mappings(JourneyWorld world, Facts facts) {
        world.cloud
                .getMappings(world.cloud.getDevices())
                .forEach((product, mapping) -> facts.mapping(product + ".", mapping));
    }

    private static void describedStatus(JourneyWorld world, Facts facts) {
        for (String id : List.of(PLUG, SENSOR)) {
            DpMapping mapping = world.cloud
                    .getMapping(world.fake.device(id).product().id(), id)
                    .orElse(DpMapping.of(Map.<String, DataPointSpec>of()));
            for (DescribedValue value : world.cloud.getStatus(id).describe(mapping)) {
                facts.put(id + "." + value.code(), value.text() + " " + value.fits());
            }
        }
    }

    private static void fullMapping(JourneyWorld world, Facts facts) {
        try {
            facts.mapping("", world.cloud.things().fullMapping(LAMP));
        } catch (TuyaAuthException refused) {
            // Three concurrent calls: either of two refusals may come first.
            facts.put("error", "one of the descriptions is refused");
        }
    }

    private static void command(JourneyWorld world, Facts facts) {
        facts.put(
                "response",
                world.cloud.sendCommand(
                        LAMP,
                        Command.of("switch_led", true),
                        Command.of("bright_value_v2", 500),
                        Command.of("work_mode", "colour"),
                        Command.of("colour_data_v2", Map.of("h", 120, "s", 1_000, "v", 500))));
        world.fake.device(LAMP).commands().forEach(done -> facts.put(done.code(), done.value()));
    }

    private static void checkedCommand(JourneyWorld world, Facts facts) {
        DpMapping mapping = world.cloud
                .getMapping(world.fake.device(LAMP).product().id(), LAMP)
                .orElse(DpMapping.of(Map.<String, DataPointSpec>of()));
        try {
            facts.put("response", world.cloud.sendCommand(LAMP, Command.checked(mapping, "bright_value_v2", 500)));
        } catch (IllegalArgumentException refused) {
            facts.put("refused", refused.getMessage());
        }
        facts.put("bright_value_v2", world.fake.device(LAMP).status("bright_value_v2"));
    }

    private static void properties(JourneyWorld world, Facts facts) {
        world.cloud.things().properties(LAMP).properties().forEach(property -> {
            facts.put(property.code() + ".value", property.value());
            facts.put(property.code() + ".dp", property.dpId());
            facts.put(property.code() + ".time", property.time());
        });
    }
}
