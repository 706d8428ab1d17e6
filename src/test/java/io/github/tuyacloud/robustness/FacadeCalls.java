package io.github.tuyacloud.robustness;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.robustness.CloudCall.Kind;
import java.util.List;
import java.util.Map;

/** The calls of the small facades: devices, things and homes. */
final class FacadeCalls {

    private static final String DEVICE = CloudCall.DEVICE;
    private static final String HOME = Long.toString(DemoWorld.HOME);
    private static final String ROOM = Long.toString(DemoWorld.BEDROOM);

    private FacadeCalls() {}

    static List<CloudCall> all() {
        return List.of(
                CloudCall.read("devices().statuses", cloud -> cloud.devices().statuses(List.of(DEVICE))),
                CloudCall.read("devices().device", cloud -> cloud.devices().device(DEVICE)),
                CloudCall.read("devices().sharedWith", cloud -> cloud.devices().sharedWith(DemoWorld.ALICE)),
                CloudCall.read("devices().subDevices", cloud -> cloud.devices().subDevices(DemoWorld.GATEWAY)),
                CloudCall.read("things().properties", cloud -> cloud.things().properties(DEVICE)),
                CloudCall.read(
                        "things().properties(codes)", cloud -> cloud.things().properties(DEVICE, "switch_1")),
                CloudCall.read("things().model", cloud -> cloud.things().model(DEVICE)),
                CloudCall.read("things().device", cloud -> cloud.things().device(DEVICE)),
                CloudCall.read("things().fullMapping", cloud -> cloud.things().fullMapping(DEVICE)),
                CloudCall.write(Kind.WRITE, "things().setProperties(Map)", cloud -> cloud.things()
                        .setProperties(DEVICE, Map.of("switch_1", true))),
                CloudCall.write(Kind.WRITE, "things().setProperties(Command...)", cloud -> cloud.things()
                        .setProperties(DEVICE, CloudCall.ON)),
                CloudCall.read("homes().ofUser", cloud -> cloud.homes().ofUser(DemoWorld.ALICE)),
                CloudCall.read("homes().rooms", cloud -> cloud.homes().rooms(HOME)),
                CloudCall.read("homes().devices(home)", cloud -> cloud.homes().devices(HOME)),
                CloudCall.read(
                        "homes().devices(home, room)", cloud -> cloud.homes().devices(HOME, ROOM)),
                CloudCall.read("homes().scenes", cloud -> cloud.homes().scenes(HOME)),
                CloudCall.write(
                        Kind.WRITE, "homes().trigger", cloud -> cloud.homes().trigger(HOME, DemoWorld.EVENING_SCENE)));
    }
}
