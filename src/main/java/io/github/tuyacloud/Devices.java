package io.github.tuyacloud;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.operation.BatchStatus;
import io.github.tuyacloud.operation.Writes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * More calls about devices: the values of many at once, details, the devices behind a gateway, devices that others share,
 * renaming, removing; {@link TuyaCloud#devices()} returns it.
 *
 * <p>Each method sends one request unless it says otherwise. Failures are those of {@link TuyaCloud}.
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
     * Returns the current values of many devices: {@code GET /v1.0/iot-03/devices/status?device_ids=} for every 20 devices,
     * concurrently. A hundred devices take 5 requests instead of 100.
     *
     * @param deviceIds the devices. Duplicates are ignored; an empty collection sends no request
     * @return the data points of the standard instruction set by device id, in the order of {@code deviceIds}; without
     *     the devices that the cloud omits
     * @throws IllegalArgumentException if an id is malformed; nothing is sent then
     * @throws io.github.tuyacloud.exception.TuyaException if a request fails, for instance because the project may not see
     *     one of the devices (code 1106)
     */
    public Map<String, DeviceStatus> statuses(Collection<String> deviceIds) {
        return batchStatus.read(List.copyOf(deviceIds));
    }

    /**
     * Returns a device's details: {@code GET /v1.0/devices/{id}}.
     *
     * @param deviceId the device
     * @return the device with its local key, its owner's uid and its status; the icon as the cloud writes it
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with a device
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
     * @return the devices in the cloud's order, without local keys; empty if there are none
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with a list
     */
    public List<Device> subDevices(String gatewayId) {
        return pipeline.call(
                ApiRequest.get(DEVICE + "/sub-devices", Objects.requireNonNull(gatewayId, "gatewayId")),
                ResultReader.listOf(Device::fromMap));
    }

    /**
     * Returns the devices that other users share with an app user: {@code GET /v1.0/users/{id}/devices?from=sharing}.
     * {@link TuyaCloud#getDevices()} lists only those that the linked accounts own.
     *
     * @param uid the user; {@link Device#uid()} names the owner of a device
     * @return the devices in the cloud's order, with their status; empty if there are none
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with a list
     */
    public List<Device> sharedWith(String uid) {
        return pipeline.call(
                ApiRequest.get("/v1.0/users/{id}/devices", Objects.requireNonNull(uid, "uid"))
                        .query("from", "sharing"),
                ResultReader.listOf(Device::fromMap));
    }

    /**
     * Renames a device, as its owner could in the app: {@code PUT /v1.0/devices/{id}}. The request is retried only if it was
     * definitely not carried out.
     *
     * @param deviceId the device
     * @param name its new name
     * @return true: the cloud renamed it
     * @throws IllegalArgumentException if the name is blank
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses it, answers that it was not carried out, or
     *     does not answer
     */
    public boolean rename(String deviceId, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name is blank: pass one by which its owner recognizes the device");
        }
        return Writes.send(
                pipeline,
                ApiRequest.of(HttpMethod.PUT, DEVICE, Objects.requireNonNull(deviceId, "deviceId"))
                        .body(Map.of("name", name)));
    }

    /**
     * Removes a device from its owner's account for good: {@code DELETE /v1.0/devices/{id}}. It disappears from the app too,
     * and has to be paired again. The request is retried only if it was definitely not carried out.
     *
     * @param deviceId the device
     * @return true: the cloud removed it
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses it, answers that it was not carried out, or
     *     does not answer
     */
    public boolean delete(String deviceId) {
        return Writes.send(
                pipeline, ApiRequest.of(HttpMethod.DELETE, DEVICE, Objects.requireNonNull(deviceId, "deviceId")));
    }
}
