package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Deadline;
import io.github.tuyacloud.engine.ErrorMeaning;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.ThingModel;
import io.github.tuyacloud.model.ThingProperties;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the cloud's three descriptions of a device's data points: specification, thing model and properties. */
public final class Descriptions {

    private static final String SPECIFICATION = "/v1.1/devices/{id}/specifications";

    static final String SPECIFICATION_OPERATION = "GET " + SPECIFICATION;

    private static final String THING = "/v2.0/cloud/thing/{id}";

    /** The cloud's code for a device whose thing model does not exist. */
    private static final int NO_SUCH_MODEL = 40_000_903;

    private static final ThingModel NO_MODEL = new ThingModel(null, List.of(), Map.of());

    private final CallPipeline pipeline;

    public Descriptions(CallPipeline pipeline) {
        this.pipeline = pipeline;
    }

    CallPipeline pipeline() {
        return pipeline;
    }

    /** Returns a device's specification, with DP ids. */
    public DeviceSpecification specification(String deviceId) {
        return specification(deviceId, pipeline.deadline());
    }

    private DeviceSpecification specification(String deviceId, Deadline deadline) {
        return pipeline.call(
                ApiRequest.get(SPECIFICATION, deviceId), ResultReader.object(DeviceSpecification::fromMap), deadline);
    }

    /**
     * Like {@link #specification(String)}, but with a deadline, and empty if the device has no standard data points.
     */
    DeviceSpecification specificationOrEmpty(String deviceId, Deadline deadline) {
        try {
            return specification(deviceId, deadline);
        } catch (TuyaApiException e) {
            if (ErrorMeaning.hasNoDataPoints(e)) {
                return new DeviceSpecification(null, List.of(), List.of(), Map.of());
            }
            throw e;
        }
    }

    DeviceSpecification specificationOrEmpty(String deviceId) {
        return specificationOrEmpty(deviceId, pipeline.deadline());
    }

    /** Returns the values of a device's properties with the given codes; of all properties if there are no codes. */
    public ThingProperties properties(String deviceId, Collection<String> codes) {
        ApiRequest all = ApiRequest.get(THING + "/shadow/properties", deviceId);
        return pipeline.call(
                codes.isEmpty() ? all : all.query("codes", codes), ResultReader.object(ThingProperties::fromMap));
    }

    /** Returns a device's thing model. */
    public ThingModel model(String deviceId) {
        return pipeline.call(
                modelRequest(deviceId), ResultReader.object(result -> ThingModel.fromMap(modelIn(result))));
    }

    /** Like {@link #model}, but empty if the cloud has no model of the device. */
    ThingModel modelOrEmpty(String deviceId) {
        try {
            return pipeline.call(
                    modelRequest(deviceId),
                    ResultReader.object(result -> hasNoModel(result) ? NO_MODEL : ThingModel.fromMap(modelIn(result))));
        } catch (TuyaApiException e) {
            if (e.code() == NO_SUCH_MODEL) {
                return NO_MODEL;
            }
            throw e;
        }
    }

    private static ApiRequest modelRequest(String deviceId) {
        return ApiRequest.get(THING + "/model", deviceId);
    }

    private static boolean hasNoModel(Map<String, @Nullable Object> result) {
        Object model = result.get("model");
        return result.containsKey("model") && (model == null || model instanceof String text && text.isBlank());
    }

    /**
     * Returns the model in a result. The documented form is a JSON string that contains JSON; an object is accepted as
     * well, and so is a result that is the model itself.
     */
    static Map<String, @Nullable Object> modelIn(Map<String, @Nullable Object> result) {
        Object model = result.get("model") == null && result.get("services") != null ? result : result.get("model");
        try {
            Map<String, @Nullable Object> object =
                    JsonValues.object(model instanceof String text ? Json.read(text) : model);
            if (object == null) {
                throw new IllegalArgumentException("\"model\" is not a JSON object");
            }
            return object;
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException("\"model\" is " + e.getMessage());
        }
    }
}
