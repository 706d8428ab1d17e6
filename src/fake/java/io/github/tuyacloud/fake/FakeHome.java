package io.github.tuyacloud.fake;

import java.util.List;
import java.util.Objects;

/**
 * A home of a user, with its rooms and scenes. A device names the home that it is in.
 *
 * @param homeId its number
 * @param name the name given by its owner
 * @param uid the user who owns it
 * @param rooms its rooms, in the order of the app
 * @param scenes its scenes
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
     * @param name the name given by its owner
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
     * @param name the name given by its owner
     * @param enabled whether responses show it as enabled; it can be triggered regardless
     * @param actions its actions
     */
    public record Scene(String sceneId, String name, boolean enabled, List<Action> actions) {
        public Scene {
            Objects.requireNonNull(sceneId, "sceneId");
            Objects.requireNonNull(name, "name");
            actions = List.copyOf(actions);
        }
    }

    /**
     * A data point that a scene sets.
     *
     * @param deviceId the device
     * @param code the data point
     * @param value the value that it is set to, as plain Java
     */
    public record Action(String deviceId, String code, Object value) {
        public Action {
            Objects.requireNonNull(deviceId, "deviceId");
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(value, "value");
        }
    }
}
