package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.ThingModel;
import io.github.tuyacloud.model.ThingProperties;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of the thing model, which see all data points of a device; one request each. */
public final class ThingCalls {

    private static final String THING = "/v2.0/cloud/thing/{id}";

    private final CallPipeline pipeline;

    /**
     * Makes the calls through a pipeline.
     *
     * @param pipeline the way to the cloud
     */
    public ThingCalls(CallPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Reads the values of a device's properties.
     *
     * @param deviceId the device
     * @param codes which properties; none for all
     * @return the properties
     */
    public ThingProperties properties(String deviceId, Collection<String> codes) {
        ApiRequest all = ApiRequest.get(THING + "/shadow/properties", deviceId);
        ApiRequest request = codes.isEmpty() ? all : all.query("codes", codes);
        return Results.object(request, pipeline.execute(request), ThingProperties::fromMap);
    }

    /**
     * Sets properties of a device.
     *
     * @param deviceId the device
     * @param values by code; sent as a JSON text inside the JSON, as the cloud documents it
     * @return whether the cloud took them
     */
    public boolean setProperties(String deviceId, Map<String, ?> values) {
        ApiRequest request = ApiRequest.of(HttpMethod.POST, THING + "/shadow/properties/issue", deviceId)
                .body(Map.of("properties", Json.write(values)));
        Envelope answer = pipeline.execute(request);
        // Documented is an empty object; true and false are what all other commands are answered with.
        return answer.result() instanceof Map || Results.flag(request, answer);
    }

    /**
     * Reads a device's model.
     *
     * @param deviceId the device
     * @return the model
     */
    public ThingModel model(String deviceId) {
        ApiRequest request = ApiRequest.get(THING + "/model", deviceId);
        return Results.object(request, pipeline.execute(request), result -> ThingModel.fromMap(modelIn(result)));
    }

    /**
     * Reads what the thing model says about a device, put into the words of all other calls.
     *
     * @param deviceId the device
     * @return the device
     */
    public Device details(String deviceId) {
        ApiRequest request = ApiRequest.get(THING, deviceId);
        return Results.object(request, pipeline.execute(request), result -> Device.of(inCommonWords(result)));
    }

    /** The model is JSON in a text; an object in its place is as good. */
    private static Map<String, @Nullable Object> modelIn(Map<String, @Nullable Object> result) {
        Object model = result.get("model");
        try {
            Map<String, @Nullable Object> object =
                    JsonValues.object(model instanceof String text ? Json.read(text) : model);
            if (object == null) {
                throw new IllegalArgumentException("\"model\" holds no JSON object");
            }
            return object;
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException("\"model\" is " + e.getMessage());
        }
    }

    /** Elsewhere {@code name} is what the owner calls a device; here that is {@code custom_name}. */
    private static Map<String, @Nullable Object> inCommonWords(Map<String, @Nullable Object> thing) {
        Map<String, @Nullable Object> device = new LinkedHashMap<>(thing);
        String ownersName = JsonValues.text(thing.get("custom_name"));
        if (ownersName != null && !ownersName.isBlank()) {
            device.put("name", ownersName);
            device.put("default_name", thing.get("name"));
        }
        device.putIfAbsent("online", thing.get("is_online"));
        return device;
    }
}
