package io.github.tuyacloud;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.Home;
import io.github.tuyacloud.model.Room;
import io.github.tuyacloud.model.Scene;
import io.github.tuyacloud.operation.Results;
import io.github.tuyacloud.operation.SceneRules;
import io.github.tuyacloud.operation.ServiceFallback;
import io.github.tuyacloud.operation.Writes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The homes of app users, with their rooms, devices and scenes, from {@link TuyaCloud#homes()}.
 *
 * <p>Each method sends one request unless stated otherwise, and fails in the same ways as those of {@link TuyaCloud}.
 * All ids are strings, although the cloud sends those of homes and rooms as numbers.
 */
public final class Homes {

    private static final String HOME = "/v1.0/homes/{id}";

    private final CallPipeline pipeline;
    private final int maxListSize;

    Homes(CallPipeline pipeline, int maxListSize) {
        this.pipeline = pipeline;
        this.maxListSize = maxListSize;
    }

    /**
     * Returns the homes of an app user: {@code GET /v1.0/users/{id}/homes}.
     *
     * @param uid the user; {@link Device#uid()} is the owner of a device
     * @return the homes in the cloud's order
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return a list
     */
    public List<Home> ofUser(String uid) {
        return pipeline.call(
                ApiRequest.get("/v1.0/users/{id}/homes", Objects.requireNonNull(uid, "uid")),
                response -> Results.items(response, "homes", Home::fromMap));
    }

    /**
     * Returns the rooms of a home: {@code GET /v1.0/homes/{id}/rooms}.
     *
     * @param homeId the home: {@link Home#id()}, or {@link Device#ownerId()} of a device in it
     * @return the rooms in the cloud's order
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return rooms
     */
    public List<Room> rooms(String homeId) {
        ResultReader<List<Room>> bareList = response -> Results.items(response, "rooms", Room::fromMap);
        ResultReader<List<Room>> insideHome = ResultReader.object(Homes::roomsOf);
        return pipeline.call(
                ApiRequest.get(HOME + "/rooms", Objects.requireNonNull(homeId, "homeId")),
                response -> (response.result() instanceof List ? bareList : insideHome).read(response));
    }

    /**
     * Returns the devices of a home: {@code GET /v1.0/homes/{id}/devices}.
     *
     * @param homeId the home
     * @return the devices in the cloud's order, with their status
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return a list
     */
    public List<Device> devices(String homeId) {
        return pipeline.call(
                ApiRequest.get(HOME + "/devices", Objects.requireNonNull(homeId, "homeId")), Results::devices);
    }

    /**
     * Returns the devices of a room: {@code GET /v1.0/homes/{id}/rooms/{id}/devices}.
     *
     * @param homeId the home
     * @param roomId one of its rooms: {@link Room#id()}
     * @return the devices in the cloud's order, with their status
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return a list
     */
    public List<Device> devices(String homeId, String roomId) {
        return pipeline.call(
                ApiRequest.get(
                        HOME + "/rooms/{id}/devices",
                        Objects.requireNonNull(homeId, "homeId"),
                        Objects.requireNonNull(roomId, "roomId")),
                Results::devices);
    }

    /**
     * Returns the tap-to-run scenes of a home: {@code GET /v1.0/homes/{id}/scenes}. If the project has no subscription
     * to that deprecated service, or it has expired, {@code GET /v2.0/cloud/scene/rule} is sent instead, for every 20
     * scenes; its scenes have no actions. The codes are those of {@link #trigger}.
     *
     * @param homeId the home
     * @return the scenes in the cloud's order
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return a list
     */
    public List<Scene> scenes(String homeId) {
        ApiRequest deprecated = ApiRequest.get(HOME + "/scenes", Objects.requireNonNull(homeId, "homeId"));
        return ServiceFallback.call(
                () -> pipeline.call(deprecated, response -> Results.items(response, "scenes", Scene::fromMap)),
                () -> SceneRules.read(pipeline, homeId, maxListSize));
    }

    /**
     * Triggers a scene: {@code POST /v1.0/homes/{id}/scenes/{id}/trigger}. If the project has no subscription to that
     * deprecated service (codes 28841101, 28841105, 28841106) or it has expired (28841002, 28841102),
     * {@code POST /v2.0/cloud/scene/rule/{id}/actions/trigger} is sent instead. Requests are retried only if they were
     * definitely not carried out.
     *
     * @param homeId the home
     * @param sceneId one of its scenes: {@link Scene#id()}
     * @return true: the cloud accepted it, without waiting for the devices
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses the request, reports that it was not
     *     carried out, or does not respond
     */
    public boolean trigger(String homeId, String sceneId) {
        ApiRequest deprecated = ApiRequest.of(
                HttpMethod.POST,
                HOME + "/scenes/{id}/trigger",
                Objects.requireNonNull(homeId, "homeId"),
                Objects.requireNonNull(sceneId, "sceneId"));
        ApiRequest current = ApiRequest.of(HttpMethod.POST, "/v2.0/cloud/scene/rule/{id}/actions/trigger", sceneId);
        return ServiceFallback.call(() -> Writes.send(pipeline, deprecated), () -> Writes.send(pipeline, current));
    }

    private static List<Room> roomsOf(Map<String, @Nullable Object> home) {
        return Results.items(home, "rooms", Room::fromMap);
    }
}
