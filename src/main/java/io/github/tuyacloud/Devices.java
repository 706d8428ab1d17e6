package io.github.tuyacloud;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.operation.BatchStatus;
import io.github.tuyacloud.operation.Results;
import io.github.tuyacloud.operation.Writes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Further device calls, from {@link TuyaCloud#devices()}: the statuses of many devices at once, details, the devices
 * behind a gateway, shared devices, renaming and removing.
 *
 * <p>Each method sends one request unless stated otherwise, and fails in the same ways as those of {@link TuyaCloud}.
 */
public final class Devices {

    private static final String DEVICE = "/v1.0/devices/{id}";

    private final CallPipeline pipeline;
    private final BatchStatus batchStatus;

    Devices(CallPipeline pipeline, BatchStatus batchStatus) {
        this.pipeline = pipeline;
        this.batchStatus = batchStatus;
    }

    /**
     * Returns the current values of many devices: {@code GET /v1.0/iot-03/devices/status?device_ids=} for every 20
     * devices, concurrently. A hundred devices take 5 requests instead of 100.
     *
     * @param deviceIds the devices. Duplicates are ignored; an empty collection sends no request
     * @return the data points of the standard instruction set by device id, in the order of {@code deviceIds}; devices
     *     that the cloud omits are missing
     * @throws IllegalArgumentException if an id is malformed; in this case nothing is sent
     * @throws io.github.tuyacloud.exception.TuyaException if a request fails, for example because the project has no
     *     access to one of the devices (code 1106)
     */
    public Map<String, DeviceStatus> statuses(Collection<String> deviceIds) {
        return batchStatus.read(List.copyOf(deviceIds));
    }

    /**
     * Returns a device's details: {@code GET /v1.0/devices/{id}}.
     *
     * @param deviceId the device
     * @return the device, with its local key, its owner's uid and its status; the icon is as the cloud sends it
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return a device
     */
    public Device device(String deviceId) {
        return pipeline.call(
                ApiRequest.get(DEVICE, Objects.requireNonNull(deviceId, "deviceId")),
                ResultReader.object(Device::fromMap));
    }

    /**
     * Returns the devices behind a gateway: {@code GET /v1.0/devices/{id}/sub-devices}.
     *
     * @param gatewayId the gateway
     * @return the devices in the cloud's order, without local keys; may be empty
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return a list
     */
    public List<Device> subDevices(String gatewayId) {
        return pipeline.call(
                ApiRequest.get(DEVICE + "/sub-devices", Objects.requireNonNull(gatewayId, "gatewayId")),
                Results::devices);
    }

    /**
     * Returns the devices that other users share with an app user: {@code GET /v1.0/users/{id}/devices?from=sharing}.
     * {@link TuyaCloud#getDevices()} lists only devices that the linked accounts own.
     *
     * @param uid the user; {@link Device#uid()} is the owner of a device
     * @return the devices in the cloud's order, with their status; may be empty
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not return a list
     */
    public List<Device> sharedWith(String uid) {
        return pipeline.call(
                ApiRequest.get("/v1.0/users/{id}/devices", Objects.requireNonNull(uid, "uid"))
                        .query("from", "sharing"),
                Results::devices);
    }

    /**
     * Renames a device, as its owner can in the app: {@code PUT /v1.0/devices/{id}}. The request is retried only if it
     * was definitely not carried out.
     *
     * @param deviceId the device
     * @param name its new name
     * @return true: the cloud has renamed it
     * @throws IllegalArgumentException if the name is blank
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses the request, reports that it was not
     *     carried out, or does not respond
     */
    public boolean rename(String deviceId, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name is blank: pass one by which the owner recognizes the device");
        }
        return Writes.send(
                pipeline,
                ApiRequest.of(HttpMethod.PUT, DEVICE, Objects.requireNonNull(deviceId, "deviceId"))
                        .body(Map.of("name", name)));
    }

    /**
     * Removes a device from its owner's account permanently: {@code DELETE /v1.0/devices/{id}}. It also disappears from
     * the app and must be paired again. The request is retried only if it was definitely not carried out.
     *
     * @param deviceId the device
     * @return true: the cloud has removed it
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses the request, reports that it was not
     *     carried out, or does not respond
     */
    public boolean delete(String deviceId) {
        return Writes.send(
                pipeline, ApiRequest.of(HttpMethod.DELETE, DEVICE, Objects.requireNonNull(deviceId, "deviceId")));
    }
}
