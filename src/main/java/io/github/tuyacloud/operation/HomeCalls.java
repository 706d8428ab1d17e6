package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.Home;
import io.github.tuyacloud.model.Room;
import io.github.tuyacloud.model.Scene;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls about homes, rooms and scenes; one request each. */
public final class HomeCalls {

    private static final String HOME = "/v1.0/homes/{id}";

    private final CallPipeline pipeline;

    /**
     * Makes the calls through a pipeline.
     *
     * @param pipeline the way to the cloud
     */
    public HomeCalls(CallPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Lists the homes of an app user.
     *
     * @param uid the user
     * @return the homes in the cloud's order
     */
    public List<Home> ofUser(String uid) {
        return list(ApiRequest.get("/v1.0/users/{id}/homes", uid), Home::fromMap);
    }

    /**
     * Lists the rooms of a home.
     *
     * @param homeId the home
     * @return the rooms in the cloud's order
     */
    public List<Room> rooms(String homeId) {
        ApiRequest request = ApiRequest.get(HOME + "/rooms", homeId);
        Envelope answer = pipeline.execute(request);
        // The home with its rooms inside; elsewhere the API gives such lists bare.
        return answer.result() instanceof List
                ? Results.list(request, answer, list -> read(list, Room::fromMap))
                : Results.object(request, answer, home -> read(Results.list(home, "rooms"), Room::fromMap));
    }

    /**
     * Lists the devices of a home.
     *
     * @param homeId the home
     * @return the devices in the cloud's order
     */
    public List<Device> devices(String homeId) {
        return list(ApiRequest.get(HOME + "/devices", homeId), Device::of);
    }

    /**
     * Lists the devices of a room.
     *
     * @param homeId the home
     * @param roomId the room
     * @return the devices in the cloud's order
     */
    public List<Device> devices(String homeId, String roomId) {
        return list(ApiRequest.get(HOME + "/rooms/{id}/devices", homeId, roomId), Device::of);
    }

    /**
     * Lists the scenes of a home.
     *
     * @param homeId the home
     * @return the scenes in the cloud's order
     */
    public List<Scene> scenes(String homeId) {
        return list(ApiRequest.get(HOME + "/scenes", homeId), Scene::fromMap);
    }

    /**
     * Triggers a scene.
     *
     * @param homeId the home
     * @param sceneId the scene
     * @return whether the cloud took it
     */
    public boolean trigger(String homeId, String sceneId) {
        ApiRequest request = ApiRequest.of(HttpMethod.POST, HOME + "/scenes/{id}/trigger", homeId, sceneId);
        return Results.flag(request, pipeline.execute(request));
    }

    private <T> List<T> list(ApiRequest request, Function<Map<String, @Nullable Object>, T> reader) {
        return Results.list(request, pipeline.execute(request), list -> read(list, reader));
    }

    private static <T> List<T> read(List<?> list, Function<Map<String, @Nullable Object>, T> reader) {
        return Results.objects(list).stream().map(reader).toList();
    }
}
