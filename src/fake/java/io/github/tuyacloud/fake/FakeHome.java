package io.github.tuyacloud.fake;

import java.util.List;
import java.util.Objects;

/**
 * A home of a user, with its rooms and scenes; which devices are in it, the devices say themselves.
 *
 * @param homeId its number
 * @param name what its owner calls it
 * @param uid the user that it belongs to
 * @param rooms its rooms, in the order of the app
 * @param scenes what can be triggered in it
 */
public record FakeHome(long homeId, String name, String uid, List<Room> rooms, List<Scene> scenes) {
    public FakeHome {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uid, "uid");
        rooms = List.copyOf(rooms);
        scenes = List.copyOf(scenes);
    }

    /**
     * A room of a home.
     *
     * @param roomId its number
     * @param name what its owner calls it
     * @param deviceIds the devices in it
     */
    public record Room(long roomId, String name, List<String> deviceIds) {
        public Room {
            Objects.requireNonNull(name, "name");
            deviceIds = List.copyOf(deviceIds);
        }
    }

    /**
     * A scene of a home.
     *
     * @param sceneId its id
     * @param name what its owner calls it
     * @param enabled whether it is shown as enabled; it can be triggered all the same
     * @param actions what it does when it is triggered
     */
    public record Scene(String sceneId, String name, boolean enabled, List<Action> actions) {
        public Scene {
            Objects.requireNonNull(sceneId, "sceneId");
            Objects.requireNonNull(name, "name");
            actions = List.copyOf(actions);
        }
    }

    /**
     * One data point of one device that a scene sets.
     *
     * @param deviceId the device
     * @param code the data point
     * @param value what it is set to
     */
    public record Action(String deviceId, String code, Object value) {
        public Action {
            Objects.requireNonNull(deviceId, "deviceId");
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(value, "value");
        }
    }
}
