package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.engine.ErrorMeaning;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.DeviceFunctions;
import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.DeviceStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about one device that take one request each: status, functions, specification, commands. */
public final class DeviceCalls {

    private static final String DEVICE = "/v1.0/devices/{id}";

    private static final String DPS = "/v1.1/devices/{id}/specifications";

    static final String DPS_OPERATION = "GET " + DPS;

    private final CallPipeline pipeline;

    /**
     * Makes the calls through a pipeline.
     *
     * @param pipeline the way to the cloud
     */
    public DeviceCalls(CallPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Reads the values of a device's data points.
     *
     * @param deviceId the device
     * @return its status
     */
    public DeviceStatus status(String deviceId) {
        ApiRequest request = ApiRequest.get("/v1.0/iot-03/devices/{id}/status", deviceId);
        return Results.list(request, pipeline.execute(request), DeviceStatus::fromList);
    }

    /**
     * Reads what commands a device takes.
     *
     * @param deviceId the device
     * @return its functions
     */
    public DeviceFunctions functions(String deviceId) {
        ApiRequest request = ApiRequest.get("/v1.0/iot-03/devices/{id}/functions", deviceId);
        return Results.object(request, pipeline.execute(request), DeviceFunctions::fromMap);
    }

    /**
     * Reads a device's specification, without dp ids.
     *
     * @param deviceId the device
     * @return its specification
     */
    public DeviceSpecification properties(String deviceId) {
        return specification(ApiRequest.get("/v1.0/iot-03/devices/{id}/specification", deviceId));
    }

    /**
     * Reads a device's specification, with dp ids.
     *
     * @param deviceId the device
     * @return its specification
     */
    public DeviceSpecification dps(String deviceId) {
        return specification(ApiRequest.get(DPS, deviceId));
    }

    /** The same; an empty one when the cloud says that the device has no standard data points. */
    DeviceSpecification dpsOrNone(String deviceId) {
        try {
            return dps(deviceId);
        } catch (TuyaApiException e) {
            if (ErrorMeaning.noDataPoints(e)) {
                return new DeviceSpecification(null, List.of(), List.of(), Map.of());
            }
            throw e;
        }
    }

    /**
     * Asks whether a device is online.
     *
     * @param deviceId the device
     * @return whether the cloud is in touch with it
     */
    public boolean connectStatus(String deviceId) {
        ApiRequest request = ApiRequest.get(DEVICE, deviceId);
        return Results.object(request, pipeline.execute(request), result -> {
            Boolean online = JsonValues.flag(result.get("online"));
            if (online == null) {
                throw new IllegalArgumentException("\"online\" is missing");
            }
            return online;
        });
    }

    /**
     * Asks which app user owns a device.
     *
     * @param deviceId the device
     * @return the uid; null when the cloud names none
     */
    @Nullable
    String ownerOf(String deviceId) {
        ApiRequest request = ApiRequest.get(DEVICE, deviceId);
        Envelope envelope = pipeline.execute(request);
        Map<String, @Nullable Object> result = Results.object(request, envelope, object -> object);
        String uid = JsonValues.text(result.get("uid"));
        return uid == null || uid.isBlank() ? null : uid;
    }

    /**
     * Sends a command.
     *
     * @param deviceId the device
     * @param body what to send, turned into JSON
     * @param uri the family of calls: {@code iot-03/devices/} or {@code devices/}
     * @return whether the cloud took it
     */
    public boolean command(String deviceId, Object body, String uri) {
        String family = uri.replaceAll("^/+|/+$", "");
        ApiRequest request = ApiRequest.of(
                        HttpMethod.POST, "/v1.0/" + checkedFamily(family, uri) + "{id}/commands", deviceId)
                .body(body);
        return Results.flag(request, pipeline.execute(request));
    }

    private DeviceSpecification specification(ApiRequest request) {
        return Results.object(request, pipeline.execute(request), DeviceSpecification::fromMap);
    }

    private static String checkedFamily(String family, String uri) {
        if (!family.matches("[A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*") || family.contains("..")) {
            throw new IllegalArgumentException(
                    "The uri \"" + uri.replaceAll("\\p{Cntrl}", "?") + "\" must be a part of a path, like devices/");
        }
        return family.isEmpty() ? "" : family + "/";
    }
}
