package io.github.tuyacloud.fake;

import java.util.List;
import java.util.Objects;

/**
 * A home of a user, with its rooms and scenes; which devices are in it, the devices say themselves.
 *
 * @param homeId its number
 * @param uid the user that it belongs to
 */
public record FakeHome(long homeId, String name, String uid, List<Room> rooms, List<Scene> scenes) {
    public FakeHome {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uid, "uid");
        rooms = List.copyOf(rooms);
        scenes = List.copyOf(scenes);
    }

    /** A room and the ids of the devices in it. */
    public record Room(long roomId, String name, List<String> deviceIds) {
        public Room {
            Objects.requireNonNull(name, "name");
            deviceIds = List.copyOf(deviceIds);
        }
    }

    /** A scene and what it does when it is triggered. */
    public record Scene(String sceneId, String name, boolean enabled, List<Action> actions) {
        public Scene {
            Objects.requireNonNull(sceneId, "sceneId");
            Objects.requireNonNull(name, "name");
            actions = List.copyOf(actions);
        }
    }

    /** One data point of one device that a scene sets. */
    public record Action(String deviceId, String code, Object value) {
        public Action {
            Objects.requireNonNull(deviceId, "deviceId");
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(value, "value");
        }
    }
}
