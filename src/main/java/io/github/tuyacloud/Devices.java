package io.github.tuyacloud;

import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.operation.BatchStatus;
import io.github.tuyacloud.operation.DeviceAdmin;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * More calls about devices: the values of many at once, details, children of a gateway, renaming, removing.
 * {@link TuyaCloud#devices()} gives it.
 *
 * <p>Failures are those of {@link TuyaCloud}.
 */
public final class Devices {

    private final BatchStatus batchStatus;
    private final DeviceAdmin admin;

    Devices(BatchStatus batchStatus, DeviceAdmin admin) {
        this.batchStatus = batchStatus;
        this.admin = admin;
    }

    /**
     * Reads the current values of many devices: {@code GET /v1.0/iot-03/devices/status?device_ids=} for 20 devices at a
     * time, side by side. A hundred devices take 5 calls instead of 100.
     *
     * @param deviceIds the devices; doubles are asked once, none makes no call
     * @return the data points of the standard instruction set by device id, in the order asked; a device that the cloud
     *     passes over is not in it
     * @throws IllegalArgumentException if an id cannot be one; nothing is sent then
     * @throws io.github.tuyacloud.exception.TuyaException if one of the calls fails, as when the project may not see one of
     *     the devices (code 1106)
     */
    public Map<String, DeviceStatus> statuses(Collection<String> deviceIds) {
        return batchStatus.read(List.copyOf(deviceIds));
    }

    /**
     * Reads a device's details: {@code GET /v1.0/devices/{id}}.
     *
     * @param deviceId the device
     * @return the device with its local key, its owner's uid and its status; the icon as the cloud says it
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with a device
     */
    public Device get(String deviceId) {
        return admin.get(Objects.requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Lists the devices behind a gateway: {@code GET /v1.0/devices/{id}/sub-devices}.
     *
     * @param gatewayId the gateway
     * @return the devices in the cloud's order, without local keys; empty when there are none
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud does not answer with a list
     */
    public List<Device> subDevices(String gatewayId) {
        return admin.subDevices(Objects.requireNonNull(gatewayId, "gatewayId"));
    }

    /**
     * Renames a device, as its owner could in the app: {@code PUT /v1.0/devices/{id}}. It is sent again only when it surely
     * had no effect.
     *
     * @param deviceId the device
     * @param name its new name
     * @return whether the cloud did it
     * @throws IllegalArgumentException if the name is blank
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses it or does not answer
     */
    public boolean rename(String deviceId, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name is blank: give one that its owner will know the device by");
        }
        return admin.rename(Objects.requireNonNull(deviceId, "deviceId"), name);
    }

    /**
     * Removes a device from its owner's account for good: {@code DELETE /v1.0/devices/{id}}. It is gone from the app too, and
     * has to be paired anew. It is sent again only when it surely had no effect.
     *
     * @param deviceId the device
     * @return whether the cloud did it
     * @throws io.github.tuyacloud.exception.TuyaException if the cloud refuses it or does not answer
     */
    public boolean delete(String deviceId) {
        return admin.delete(Objects.requireNonNull(deviceId, "deviceId"));
    }
}
