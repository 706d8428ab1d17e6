package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.model.Device;
import java.util.List;
import java.util.Map;

/** The calls that look after one device: its details, what hangs behind it, its name and its end; one request each. */
public final class DeviceAdmin {

    private static final String DEVICE = "/v1.0/devices/{id}";

    private final CallPipeline pipeline;

    /**
     * Makes the calls through a pipeline.
     *
     * @param pipeline the way to the cloud
     */
    public DeviceAdmin(CallPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Reads a device's details.
     *
     * @param deviceId the device
     * @return the device
     */
    public Device get(String deviceId) {
        ApiRequest request = ApiRequest.get(DEVICE, deviceId);
        return Results.object(request, pipeline.execute(request), Device::of);
    }

    /**
     * Lists the devices behind a gateway.
     *
     * @param gatewayId the gateway
     * @return the devices in the cloud's order
     */
    public List<Device> subDevices(String gatewayId) {
        ApiRequest request = ApiRequest.get(DEVICE + "/sub-devices", gatewayId);
        return Results.list(request, pipeline.execute(request), list -> Results.objects(list).stream()
                .map(Device::of)
                .toList());
    }

    /**
     * Renames a device.
     *
     * @param deviceId the device
     * @param name its new name
     * @return whether the cloud did it
     */
    public boolean rename(String deviceId, String name) {
        ApiRequest request = ApiRequest.of(HttpMethod.PUT, DEVICE, deviceId).body(Map.of("name", name));
        return Results.flag(request, pipeline.execute(request));
    }

    /**
     * Removes a device.
     *
     * @param deviceId the device
     * @return whether the cloud did it
     */
    public boolean delete(String deviceId) {
        ApiRequest request = ApiRequest.of(HttpMethod.DELETE, DEVICE, deviceId);
        return Results.flag(request, pipeline.execute(request));
    }
}
