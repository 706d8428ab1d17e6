package io.github.tuyacloud;

import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.ThingModel;
import io.github.tuyacloud.model.ThingProperties;
import io.github.tuyacloud.operation.FullMappings;
import io.github.tuyacloud.operation.ThingCalls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Devices as the thing model sees them: with all their data points, also those that {@link TuyaCloud#getStatus} and its
 * neighbours hide because they are not in the standard instruction set. {@link TuyaCloud#things()} gives it.
 *
 * <p>A project may need the right to use this part of the API: the cloud answers 40001900 or 28841105 where it lacks it.
 * Failures are those of {@link TuyaCloud}.
 */
public final class Things {

    private final ThingCalls calls;
    private final FullMappings mappings;

    Things(ThingCalls calls, FullMappings mappings) {
        this.calls = calls;
        this.mappings = mappings;
    }

    /**
     * Reads the values of all properties: {@code GET /v2.0/cloud/thing/{id}/shadow/properties}.
     *
     * @param deviceId the device
     * @return its properties, numbers raw
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with them
     */
    public ThingProperties getProperties(String deviceId) {
        return calls.properties(Objects.requireNonNull(deviceId, "deviceId"), List.of());
    }

    /**
     * Reads the values of some properties: {@code GET /v2.0/cloud/thing/{id}/shadow/properties?codes=}.
     *
     * @param deviceId the device
     * @param codes which properties; none for all
     * @return those of them that the device has, numbers raw
     * @throws IllegalArgumentException if a code is blank or holds a comma
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with them
     */
    public ThingProperties getProperties(String deviceId, String... codes) {
        List<String> wanted = List.of(codes);
        wanted.forEach(Things::checkCode);
        return calls.properties(Objects.requireNonNull(deviceId, "deviceId"), wanted);
    }

    /**
     * Sets properties: {@code POST /v2.0/cloud/thing/{id}/shadow/properties/issue}. It is sent again only when it surely had
     * no effect, as {@link TuyaCloud#sendCommand(String, Command...)} is.
     *
     * @param deviceId the device, which must be online
     * @param values one or more, by the thing model's code; numbers raw
     * @return whether the cloud took them; it does not wait for the device
     * @throws IllegalArgumentException if there is no value, a code is blank, or a value is or holds NaN or an infinity
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses them or does not answer
     */
    public boolean setProperties(String deviceId, Map<String, ?> values) {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((code, value) -> copy.put(
                checkCode(code),
                Command.of(code, Objects.requireNonNull(value, code)).value()));
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("There is no value to set: give at least one, as Map.of(code, value)");
        }
        return calls.setProperties(Objects.requireNonNull(deviceId, "deviceId"), copy);
    }

    /**
     * Sets properties as commands say, such as those of {@link Command#checked}: the way for data points that
     * {@link TuyaCloud#sendCommand(String, Command...)} does not know.
     *
     * <p>The codes are sent as they are, and must be the thing model's. They are those of {@link #getProperties} and of
     * {@link io.github.tuyacloud.model.DataPointSpec#thing()}, where the standard set has others.
     *
     * @param deviceId the device, which must be online
     * @param commands one or more, each for another code
     * @return whether the cloud took them; it does not wait for the device
     * @throws IllegalArgumentException if there is no command, or two have the same code
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses them or does not answer
     */
    public boolean setProperties(String deviceId, Command... commands) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Command command : commands) {
            if (values.put(command.code(), command.value()) != null) {
                throw new IllegalArgumentException("Two commands set " + command.code() + ": give one of them");
            }
        }
        return setProperties(deviceId, values);
    }

    /**
     * Reads what a device can do: {@code GET /v2.0/cloud/thing/{id}/model}. All devices of a product have the same model.
     *
     * @param deviceId the device
     * @return its services with their properties, events and actions
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with a model
     */
    public ThingModel getModel(String deviceId) {
        return calls.model(Objects.requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Reads a device's details: {@code GET /v2.0/cloud/thing/{id}}.
     *
     * <p>It is a {@link Device} like all others: where the thing model has words of its own, they are put into the common
     * ones. {@link Device#name()} is what the owner calls it ({@code custom_name}), {@link Device#online()} its
     * {@code is_online}; the cloud's own {@code name}, mostly that of the product, is {@code default_name} in
     * {@link Device#extra()}.
     *
     * @param deviceId the device
     * @return the device, with its local key
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with a device
     */
    public Device getDetails(String deviceId) {
        return calls.details(Objects.requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Finds out what all data points of a device mean, with three calls side by side:
     * {@code GET /v1.1/devices/{id}/specifications}, {@code .../shadow/properties} and {@code .../model} of the thing.
     *
     * <p>Entries are by dp id, in its order. Where the standard specification has one, it is that one; the others come from
     * the model, in the words of the specification ({@code bool} is {@code Boolean} ...), with its {@code accessMode} in
     * {@link io.github.tuyacloud.model.DataPointSpec#extra()}; a property that is in neither is there with its type alone.
     * Where the model calls a data point of the standard specification by another code ({@code Power} for {@code switch}),
     * {@link io.github.tuyacloud.model.DataPointSpec#thing()} is that one, and {@link DpMapping#find} knows both. A
     * device without standard data points (code 2009) has the rest. The result holds for all devices of the product; it is
     * not remembered, {@link TuyaCloud#setMappings} does that.
     *
     * @param deviceId the device
     * @return the map of all its data points
     * @throws io.github.tuyacloud.exception.TuyaException if one of the calls fails
     */
    public DpMapping getFullMapping(String deviceId) {
        return mappings.fetch(Objects.requireNonNull(deviceId, "deviceId"));
    }

    private static String checkCode(String code) {
        if (code.isBlank() || code.indexOf(',') >= 0) {
            throw new IllegalArgumentException(
                    "\"" + code + "\" is not the code of a property: give one such as switch_1");
        }
        return code;
    }
}
