package io.github.tuyacloud.journeys;

import static io.github.tuyacloud.fake.DemoWorld.ALICE;
import static io.github.tuyacloud.fake.DemoWorld.BOB;
import static io.github.tuyacloud.fake.DemoWorld.GATEWAY;
import static io.github.tuyacloud.fake.DemoWorld.LAMP;
import static io.github.tuyacloud.fake.DemoWorld.OFFLINE_PLUG;
import static io.github.tuyacloud.fake.DemoWorld.PLUG;
import static io.github.tuyacloud.fake.DemoWorld.SENSOR;

import io.github.tuyacloud.DevicesFile;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.model.CloudResponse;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceListOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Journeys through lists of devices, single devices, homes and files. */
final class DeviceJourneys {
    private DeviceJourneys() {}

    static List<Journey> all() {
        return List.of(
                new Journey("list", (world, facts) -> world.cloud.getDevices().forEach(facts::device)),
                new Journey(
                        "list times", (world, facts) -> world.cloud.getDevices().forEach(facts::times)),
                new Journey("list status", (world, facts) -> world.cloud
                        .getDevices()
                        .forEach(device -> facts.values(device.id() + ".", device.status()))),
                new Journey("list after a change", DeviceJourneys::listAfterAChange),
                new Journey("list in pages", DeviceJourneys::listInPages),
                new Journey("list of owners", DeviceJourneys::listOfOwners),
                new Journey("list again", DeviceJourneys::listAgain),
                new Journey("list with mappings", DeviceJourneys::listWithMappings),
                new Journey("verbose list", DeviceJourneys::verboseList),
                new Journey("filtered list", DeviceJourneys::filteredList),
                new Journey("shared devices", DeviceJourneys::sharedDevices),
                new Journey(
                        "device",
                        (world, facts) -> facts.device(world.cloud.devices().device(LAMP))),
                new Journey(
                        "device times",
                        (world, facts) -> facts.times(world.cloud.devices().device(LAMP))),
                new Journey(
                        "unknown device",
                        (world, facts) -> facts.device(world.cloud.devices().device("none"))),
                new Journey(
                        "sub-devices",
                        (world, facts) -> facts.put(
                                "ids",
                                world.cloud.devices().subDevices(GATEWAY).stream()
                                        .map(Device::id)
                                        .toList())),
                new Journey("rename", DeviceJourneys::rename),
                new Journey("delete", DeviceJourneys::delete),
                new Journey("connected", (world, facts) -> List.of(LAMP, OFFLINE_PLUG)
                        .forEach(id -> facts.put(id, world.cloud.getConnectStatus(id)))),
                new Journey(
                        "homes",
                        (world, facts) -> world.cloud.homes().ofUser(ALICE).forEach(home -> {
                            facts.put(home.id(), home.name() + " " + home.geoName() + " " + home.role());
                            facts.put(home.id() + ".place", home.lat() + " " + home.lon());
                        })),
                new Journey("rooms", DeviceJourneys::rooms),
                new Journey(
                        "devices of a home",
                        (world, facts) -> world.cloud.homes().devices(home()).forEach(facts::device)),
                new Journey("devices of a room", (world, facts) -> world.cloud
                        .homes()
                        .devices(home(), Long.toString(DemoWorld.BEDROOM))
                        .forEach(device -> {
                            facts.device(device);
                            facts.values(device.id() + ".status.", device.status());
                        })),
                new Journey(
                        "scenes",
                        (world, facts) -> world.cloud.homes().scenes(home()).forEach(scene -> scene.actions()
                                .forEach(action ->
                                        facts.put(scene.id() + "." + action.entityId(), action.properties())))),
                new Journey("trigger a scene", (world, facts) -> {
                    facts.put("response", world.cloud.homes().trigger(home(), DemoWorld.EVENING_SCENE));
                    facts.put("lamp", world.fake.device(LAMP).status("switch_led"));
                }),
                new Journey("devices file", DeviceJourneys::devicesFile),
                new Journey("raw request", DeviceJourneys::rawRequest),
                new Journey("check-up", (world, facts) -> world.cloud
                        .checkUp(world.fake.messages().endpoint())
                        .findings()
                        .forEach(finding -> facts.put(finding.subject().name(), finding.outcome()))),
                new Journey("usage", DeviceJourneys::usage));
    }

    private static String home() {
        return Long.toString(DemoWorld.HOME);
    }

    private static void listInPages(JourneyWorld world, Facts facts) {
        world.fake.seed(1, 3, 230);
        List<Device> devices = world.cloud.getDevices();
        facts.put(
                "devices", devices.stream().filter(device -> !infrared(device)).count());
        facts.put("last", devices.get(devices.size() - 1).name());
    }

    /** Reads the same value from a list and from a call about the device. */
    private static void listAfterAChange(JourneyWorld world, Facts facts) {
        world.fake.report(SENSOR, "va_humidity", 55);
        world.cloud.getDevices().stream()
                .filter(device -> device.id().equals(SENSOR))
                .forEach(device -> facts.values("list.", device.status()));
        facts.put("status", world.cloud.getStatus(SENSOR).get("va_humidity"));
    }

    private static boolean infrared(Device device) {
        return String.valueOf(device.category()).startsWith("infrared");
    }

    private static void listOfOwners(JourneyWorld world, Facts facts) {
        try (TuyaCloud cloud = world.client().apiDeviceId(PLUG, OFFLINE_PLUG).build()) {
            cloud.getDevices().forEach(facts::device);
        }
    }

    /** Lists devices twice; the second list reuses expensive details and takes fewer requests. */
    private static void listAgain(JourneyWorld world, Facts facts) {
        List<Device> old = world.cloud.getDevices();
        world.fake.clearRequests();
        world.cloud.getDevices(DeviceListOptions.builder().oldList(old).build()).forEach(facts::device);
        facts.put("requests", world.fake.requestCount());
    }

    private static void listWithMappings(JourneyWorld world, Facts facts) {
        world.cloud
                .getDevices(DeviceListOptions.builder().includeMap(true).build())
                .forEach(device -> facts.mapping(device.id() + ".", device.mapping()));
    }

    private static void verboseList(JourneyWorld world, Facts facts) {
        CloudResponse response = world.cloud.getDevicesVerbose();
        facts.put("success", response.asMap().get("success"));
        response.resultList(Device.class).forEach(facts::device);
    }

    private static void filteredList(JourneyWorld world, Facts facts) {
        String mac = world.fake.device(PLUG).mac();
        world.cloud
                .filterDevices(world.cloud.getDevices(), Map.of(mac, "192.168.1.7"))
                .forEach(device -> {
                    facts.device(device);
                    facts.put(device.id() + ".ip", device.ip());
                });
    }

    private static void sharedDevices(JourneyWorld world, Facts facts) {
        world.fake.addDevice(FakeDevice.builder("shared", DemoWorld.plug())
                .uid(BOB)
                .sharedWith(ALICE)
                .build());
        world.cloud.devices().sharedWith(ALICE).forEach(facts::device);
    }

    private static void rename(JourneyWorld world, Facts facts) {
        facts.put("response", world.cloud.devices().rename(LAMP, "Reading lamp"));
        facts.put("name", world.cloud.devices().device(LAMP).name());
    }

    private static void delete(JourneyWorld world, Facts facts) {
        facts.put("response", world.cloud.devices().delete(SENSOR));
        facts.put("left", world.fake.devices().stream().anyMatch(device -> device.id()
                .equals(SENSOR)));
    }

    private static void rooms(JourneyWorld world, Facts facts) {
        for (long home : new long[] {DemoWorld.HOME, DemoWorld.HOME + 1}) {
            facts.put(Long.toString(home), "");
            world.cloud
                    .homes()
                    .rooms(Long.toString(home))
                    .forEach(room -> facts.put(home + "." + room.id(), room.name()));
        }
    }

    private static void devicesFile(JourneyWorld world, Facts facts) throws Exception {
        Path folder = Files.createTempDirectory("journeys");
        Path file = folder.resolve("devices.json");
        try {
            DevicesFile.write(
                    file,
                    world.cloud.getDevices(
                            DeviceListOptions.builder().includeMap(true).build()));
            for (Device device : DevicesFile.read(file)) {
                facts.device(device);
                facts.mapping(device.id() + ".", device.mapping());
            }
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void rawRequest(JourneyWorld world, Facts facts) {
        CloudResponse response = world.cloud.cloudRequest("/v1.0/iot-03/devices/" + LAMP + "/status");
        facts.put("result", response.asMap().get("result"));
        facts.put("t", response.t());
    }

    private static void usage(JourneyWorld world, Facts facts) {
        world.cloud.getStatus(LAMP);
        world.cloud.getStatus(PLUG);
        world.cloud.usage().byEndpoint().forEach((endpoint, calls) -> facts.put(endpoint, calls));
    }
}
