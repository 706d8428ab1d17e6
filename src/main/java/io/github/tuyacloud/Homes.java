package io.github.tuyacloud;

import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.Home;
import io.github.tuyacloud.model.Room;
import io.github.tuyacloud.model.Scene;
import io.github.tuyacloud.operation.HomeCalls;
import java.util.List;
import java.util.Objects;

/**
 * The homes of app users, with their rooms, devices and scenes. {@link TuyaCloud#homes()} gives it.
 *
 * <p>Ids are texts, as everywhere here, although the cloud writes those of homes and rooms as numbers. Failures are those of
 * {@link TuyaCloud}.
 */
public final class Homes {

    private final HomeCalls calls;

    Homes(HomeCalls calls) {
        this.calls = calls;
    }

    /**
     * Lists the homes of an app user: {@code GET /v1.0/users/{id}/homes}.
     *
     * @param uid the user, as {@link Device#uid()} names the owner of a device
     * @return the homes in the cloud's order
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with a list
     */
    public List<Home> ofUser(String uid) {
        return calls.ofUser(Objects.requireNonNull(uid, "uid"));
    }

    /**
     * Lists the rooms of a home: {@code GET /v1.0/homes/{id}/rooms}.
     *
     * @param homeId the home: {@link Home#id()}, or {@link Device#ownerId()} of a device in it
     * @return the rooms in the cloud's order
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with rooms
     */
    public List<Room> rooms(String homeId) {
        return calls.rooms(Objects.requireNonNull(homeId, "homeId"));
    }

    /**
     * Lists the devices of a home: {@code GET /v1.0/homes/{id}/devices}.
     *
     * @param homeId the home
     * @return the devices in the cloud's order, with their status
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with a list
     */
    public List<Device> devices(String homeId) {
        return calls.devices(Objects.requireNonNull(homeId, "homeId"));
    }

    /**
     * Lists the devices of a room: {@code GET /v1.0/homes/{id}/rooms/{id}/devices}.
     *
     * @param homeId the home
     * @param roomId one of its rooms: {@link Room#id()}
     * @return the devices in the cloud's order, with their status
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with a list
     */
    public List<Device> devices(String homeId, String roomId) {
        return calls.devices(Objects.requireNonNull(homeId, "homeId"), Objects.requireNonNull(roomId, "roomId"));
    }

    /**
     * Lists the tap-to-run scenes of a home: {@code GET /v1.0/homes/{id}/scenes}.
     *
     * @param homeId the home
     * @return the scenes in the cloud's order
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with a list
     */
    public List<Scene> scenes(String homeId) {
        return calls.scenes(Objects.requireNonNull(homeId, "homeId"));
    }

    /**
     * Triggers a scene: {@code POST /v1.0/homes/{id}/scenes/{id}/trigger}. It is sent again only when it surely had no
     * effect.
     *
     * @param homeId the home
     * @param sceneId one of its scenes: {@link Scene#id()}
     * @return whether the cloud took it; it does not wait for the devices
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses it or does not answer
     */
    public boolean trigger(String homeId, String sceneId) {
        return calls.trigger(Objects.requireNonNull(homeId, "homeId"), Objects.requireNonNull(sceneId, "sceneId"));
    }
}
