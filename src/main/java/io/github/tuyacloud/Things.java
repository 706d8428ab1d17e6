package io.github.tuyacloud;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.ThingModel;
import io.github.tuyacloud.model.ThingProperties;
import io.github.tuyacloud.operation.Descriptions;
import io.github.tuyacloud.operation.FullMappings;
import io.github.tuyacloud.operation.Writes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The thing-model API, from {@link TuyaCloud#things()}: devices with all their data points, including those outside the
 * standard instruction set, which {@link TuyaCloud#getStatus} and similar calls omit.
 *
 * <p>Each method sends one request unless stated otherwise, and fails in the same ways as those of {@link TuyaCloud}. A
 * project may need permission for this part of the API; without it, the cloud returns code 40001900 or 28841105.
 */
public final class Things {

    private static final String THING = "/v2.0/cloud/thing/{id}";

    private final CallPipeline pipeline;
    private final Descriptions descriptions;
    private final FullMappings mappings;

    Things(CallPipeline pipeline, Descriptions descriptions, FullMappings mappings) {
        this.pipeline = pipeline;
        this.descriptions = descriptions;
        this.mappings = mappings;
    }

    /**
     * Returns the values of all properties: {@code GET /v2.0/cloud/thing/{id}/shadow/properties}.
     *
     * @param deviceId the device
     * @return its properties, with raw numbers
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return them
     */
    public ThingProperties properties(String deviceId) {
        return descriptions.properties(Objects.requireNonNull(deviceId, "deviceId"), List.of());
    }

    /**
     * Returns the values of some properties: {@code GET /v2.0/cloud/thing/{id}/shadow/properties?codes=}.
     *
     * @param deviceId the device
     * @param codes the thing model's codes; if empty, all properties are read
     * @return those that the device has, with raw numbers
     * @throws IllegalArgumentException if a code is blank or contains a comma
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return them
     */
    public ThingProperties properties(String deviceId, String... codes) {
        List<String> requested = List.of(codes);
        requested.forEach(Things::checkCode);
        return descriptions.properties(Objects.requireNonNull(deviceId, "deviceId"), requested);
    }

    /**
     * Sets properties: {@code POST /v2.0/cloud/thing/{id}/shadow/properties/issue}. As with
     * {@link TuyaCloud#sendCommand(String, Command...)}, the request is retried only if it was definitely not carried
     * out.
     *
     * @param deviceId the device, which must be online
     * @param values one or more values by the thing model's code; numbers are raw
     * @return true: the cloud accepted them, without waiting for the device
     * @throws IllegalArgumentException if there is no value, a code is blank, or a value is or contains NaN or an
     *     infinity
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses the request, reports that it was not
     *     carried out, or does not respond
     */
    public boolean setProperties(String deviceId, Map<String, ?> values) {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((code, value) -> copy.put(
                checkCode(code),
                Command.of(code, Objects.requireNonNull(value, code)).value()));
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("There is no value to set: pass at least one, as Map.of(code, value)");
        }
        // The documented form is JSON text inside JSON, and the documented result an empty object.
        return Writes.send(
                pipeline,
                ApiRequest.of(
                                HttpMethod.POST,
                                THING + "/shadow/properties/issue",
                                Objects.requireNonNull(deviceId, "deviceId"))
                        .body(Map.of("properties", Json.write(copy))),
                response ->
                        response.result() instanceof Map || ResultReader.flag().read(response));
    }

    /**
     * Sets properties to the values of commands, such as those of {@link Command#checked}. Unlike
     * {@link TuyaCloud#sendCommand(String, Command...)}, it reaches all data points.
     *
     * <p>The codes are sent unchanged and must be the thing model's, as in {@link #properties}. Where the standard set
     * has a different code, {@link io.github.tuyacloud.model.DataPointSpec#thing()} has the thing model's.
     *
     * @param deviceId the device, which must be online
     * @param commands one or more, each with a different code
     * @return true: the cloud accepted them, without waiting for the device
     * @throws IllegalArgumentException if there is no command, or two have the same code
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses the request, reports that it was not
     *     carried out, or does not respond
     */
    public boolean setProperties(String deviceId, Command... commands) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Command command : commands) {
            if (values.put(command.code(), command.value()) != null) {
                throw new IllegalArgumentException(
                        "Two commands set " + LogSafe.of(command.code()) + ": pass only one of them");
            }
        }
        return setProperties(deviceId, values);
    }

    /**
     * Returns the thing model of a device: {@code GET /v2.0/cloud/thing/{id}/model}. All devices of a product have the
     * same model.
     *
     * @param deviceId the device
     * @return its services with their properties, events and actions
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return a model
     */
    public ThingModel model(String deviceId) {
        return descriptions.model(Objects.requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Returns a device's details: {@code GET /v2.0/cloud/thing/{id}}.
     *
     * <p>The thing model's own names are translated into those that all other calls use: {@link Device#name()} is the
     * owner's name for the device ({@code custom_name}), and {@link Device#online()} is {@code is_online}. The cloud's
     * {@code name}, usually that of the product, is {@code default_name} in {@link Device#extra()}.
     *
     * @param deviceId the device
     * @return the device, with its local key
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return a device
     */
    public Device device(String deviceId) {
        return pipeline.call(
                ApiRequest.get(THING, Objects.requireNonNull(deviceId, "deviceId")),
                ResultReader.object(thing -> Device.fromMap(withCommonNames(thing))));
    }

    /**
     * Returns the mapping of all data points of a device. It sends three concurrent requests:
     * {@code GET /v1.1/devices/{id}/specifications}, {@code GET /v2.0/cloud/thing/{id}/shadow/properties} and
     * {@code GET /v2.0/cloud/thing/{id}/model}.
     *
     * <p>Entries are ordered by DP id. If the standard specification describes a data point, its entry is used;
     * otherwise the model's entry is used, with the type names of the specification ({@code Boolean} for {@code bool}).
     * A property that is in neither has only its type. If the model uses a different code for a data point of the
     * standard specification ({@code Power} for {@code switch}),
     * {@link io.github.tuyacloud.model.DataPointSpec#thing()} has that code, and {@link DpMapping#find} accepts both.
     * If the device has no standard data points (code 2009), or no model (code 40000903), the mapping contains the
     * others. The mapping applies to all devices of the product. It is not cached; pass it to
     * {@link TuyaCloud#setMappings} for that.
     *
     * @param deviceId the device
     * @return the mapping of all its data points
     * @throws io.github.tuyacloud.exception.TuyaException if one of the requests fails
     */
    public DpMapping fullMapping(String deviceId) {
        return mappings.fetch(Objects.requireNonNull(deviceId, "deviceId"));
    }

    private static Map<String, @Nullable Object> withCommonNames(Map<String, @Nullable Object> thing) {
        Map<String, @Nullable Object> device = new LinkedHashMap<>(thing);
        String ownersName = JsonValues.text(thing.get("custom_name"));
        if (ownersName != null && !ownersName.isBlank()) {
            device.put("name", ownersName);
            device.put("default_name", thing.get("name"));
        }
        device.putIfAbsent("online", thing.get("is_online"));
        return device;
    }

    private static String checkCode(String code) {
        if (code.isBlank() || code.indexOf(',') >= 0) {
            throw new IllegalArgumentException(
                    LogSafe.quote(code) + " is not the code of a property: pass one like switch_1");
        }
        return code;
    }
}
