package io.github.tuyacloud.robustness;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.model.CloudResponse;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceListOptions;
import io.github.tuyacloud.model.DeviceLogQuery;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every public method of the client that calls the cloud, in every overload, with a result that can be compared.
 *
 * @param name the name in test reports
 * @param kind how faults affect it
 * @param apiDeviceId the {@code apiDeviceId} of the client, or null
 * @param call runs the call
 */
record CloudCall(String name, Kind kind, @Nullable String apiDeviceId, Function<TuyaCloud, Object> call) {

    /** The device that is read and commanded. */
    static final String DEVICE = DemoWorld.PLUG;

    /** A device with a log of several pages. */
    static final String LOGGED = DemoWorld.SENSOR;

    static final Device LISTED =
            Device.fromMap(Map.of("id", DEVICE, "name", "from before", "product_id", "pnzfakeplug1"));
    static final Command ON = Command.of("switch_1", true);

    private static final String DEVICE_PATH = "/v1.0/devices/" + DEVICE;

    /** How faults affect a method. */
    enum Kind {
        /** A read with a typed result. */
        READ,
        /** A read that leaves fields empty if it is refused. */
        EXTRA,
        /** A write with a typed result. */
        WRITE,
        /** A read that accepts any result. */
        RAW_READ,
        /** A write that accepts any result. */
        RAW_WRITE;

        boolean writes() {
            return this == WRITE || this == RAW_WRITE;
        }
    }

    /** Returns all calls, including those of the facades. */
    static List<CloudCall> all() {
        return Stream.concat(own().stream(), FacadeCalls.all().stream()).toList();
    }

    /** Returns the part of a result that must be equal in two runs: trace ids and times differ. */
    static @Nullable Object comparable(@Nullable Object result) {
        return result instanceof CloudResponse response
                ? String.valueOf(response.asMap().get("result"))
                : result;
    }

    private static List<CloudCall> own() {
        return List.of(
                read("getDevices()", TuyaCloud::getDevices),
                new CloudCall("getDevices() by owner", Kind.READ, DEVICE, TuyaCloud::getDevices),
                read(
                        "getDevices(includeMap)",
                        cloud -> cloud.getDevices(
                                DeviceListOptions.builder().includeMap(true).build())),
                read(
                        "getDevices(oldList)",
                        cloud -> cloud.getDevices(DeviceListOptions.builder()
                                .oldList(List.of(LISTED))
                                .build())),
                read("getDevicesVerbose()", TuyaCloud::getDevicesVerbose),
                new CloudCall("filterDevices(List)", Kind.EXTRA, null, cloud -> cloud.filterDevices(List.of(LISTED))),
                new CloudCall(
                        "filterDevices(List, Map)",
                        Kind.EXTRA,
                        null,
                        cloud -> cloud.filterDevices(List.of(LISTED), Map.of("00:11:22:33:44:55", "192.168.1.5"))),
                read("getStatus", cloud -> cloud.getStatus(DEVICE)),
                read("getFunctions", cloud -> cloud.getFunctions(DEVICE)),
                read("getProperties", cloud -> cloud.getProperties(DEVICE)),
                read("getDps", cloud -> cloud.getDps(DEVICE)),
                read("getConnectStatus", cloud -> cloud.getConnectStatus(DEVICE)),
                read("getDeviceLog(id)", cloud -> cloud.getDeviceLog(LOGGED)),
                read(
                        "getDeviceLog(id, query)",
                        cloud -> cloud.getDeviceLog(LOGGED, query().size(120).build())),
                read(
                        "getDeviceLog(id, parallel)",
                        cloud -> cloud.getDeviceLog(LOGGED, query().parallel(3).build())),
                read("streamDeviceLog", cloud -> cloud.streamDeviceLog(LOGGED, query().build())
                        .toList()),
                read("getMapping", cloud -> cloud.getMapping("pnzfakeplug1", DEVICE)),
                read("getMappings", cloud -> cloud.getMappings(List.of(LISTED))),
                new CloudCall("cloudRequest(url)", Kind.RAW_READ, null, cloud -> cloud.cloudRequest(DEVICE_PATH)),
                new CloudCall(
                        "cloudRequest GET",
                        Kind.RAW_READ,
                        null,
                        cloud -> cloud.cloudRequest(
                                "v1.0/iot-03/devices/status", "GET", null, Map.of("device_ids", DEVICE))),
                write(Kind.WRITE, "sendCommand(Command...)", cloud -> cloud.sendCommand(DEVICE, ON)),
                write(Kind.WRITE, "sendCommand(List)", cloud -> cloud.sendCommand(DEVICE, List.of(ON))),
                write(
                        Kind.WRITE,
                        "sendCommand(body, uri)",
                        cloud -> cloud.sendCommand(DEVICE, Map.of("commands", List.of(ON)), "devices/")),
                write(
                        Kind.RAW_WRITE,
                        "cloudRequest POST",
                        cloud -> cloud.cloudRequest(
                                "/v1.0/iot-03/devices/" + DEVICE + "/commands",
                                null,
                                Map.of("commands", List.of(ON)),
                                null)),
                write(
                        Kind.RAW_WRITE,
                        "cloudRequest PUT",
                        cloud -> cloud.cloudRequest(DEVICE_PATH, "PUT", Map.of("name", "renamed"), null)),
                write(
                        Kind.RAW_WRITE,
                        "cloudRequest DELETE",
                        cloud -> cloud.cloudRequest(DEVICE_PATH, "DELETE", null, null)));
    }

    /**
     * Returns the outcome if the library falls back to another service because this one is not subscribed, or null if
     * there is no other. The other service lists scenes without their actions.
     */
    @Nullable
    String fallback() {
        if (name.equals("homes().scenes")) {
            return "any";
        }
        boolean hasOther =
                name.startsWith("getDeviceLog") || name.equals("streamDeviceLog") || name.equals("homes().trigger");
        return hasOther ? "ok" : null;
    }

    @Override
    public String toString() {
        return name;
    }

    static CloudCall read(String name, Function<TuyaCloud, Object> call) {
        return new CloudCall(name, Kind.READ, null, call);
    }

    static CloudCall write(Kind kind, String name, Function<TuyaCloud, Object> call) {
        return new CloudCall(name, kind, null, call);
    }

    private static DeviceLogQuery.Builder query() {
        return DeviceLogQuery.builder().start(-2);
    }
}
