package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.CloudResponse;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceListOptions;
import io.github.tuyacloud.model.DpMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists devices, with everything that takes further calls: local keys, gateways, hardware addresses, DP maps; calls that do
 * not depend on each other are made side by side.
 */
public final class DeviceLister {

    private final CallPipeline pipeline;
    private final WorkerPool fanOut;
    private final Mappings mappings;
    private final DeviceSource source;

    /**
     * Makes device lists.
     *
     * @param pipeline the way to the cloud
     * @param calls the single calls
     * @param fanOut makes calls side by side
     * @param mappings the DP maps known
     * @param apiDeviceIds the devices whose owners' devices are listed; empty for all linked accounts
     */
    public DeviceLister(
            CallPipeline pipeline, DeviceCalls calls, WorkerPool fanOut, Mappings mappings, List<String> apiDeviceIds) {
        this.pipeline = pipeline;
        this.fanOut = fanOut;
        this.mappings = mappings;
        this.source = apiDeviceIds.isEmpty()
                ? new LinkedAccountSource(new PagedDeviceReader(pipeline))
                : new OwnerSource(pipeline, calls, apiDeviceIds);
    }

    /**
     * Lists all devices.
     *
     * @param options what to start from and what to include
     * @return the devices in the cloud's order
     */
    public List<Device> list(DeviceListOptions options) {
        PreviousDevices old = new PreviousDevices(options.oldList());
        try (TaskScope group = fanOut.group()) {
            DeviceEnrichment extras = new DeviceEnrichment(pipeline, group, options.includeMap() ? mappings : null);
            // Against an old list, what has changed is known only when all that the cloud says has been merged.
            DeviceIndex listing = source.read(group, old.isEmpty() ? extras::request : device -> {});
            listing.devices().stream()
                    .filter(device -> old.hasChanged(device, options.includeMap()))
                    .forEach(extras::request);
            extras.flush();
            group.join();
            extras.warnOfGaps();
            return assemble(listing, old, extras, options.includeMap());
        }
    }

    /**
     * Lists all devices as the cloud describes them, without the calls that only add to that.
     *
     * @return the keys of the last answer, with the flat list of all devices as {@code result}
     */
    public CloudResponse verbose() {
        try (TaskScope group = fanOut.group()) {
            return source.read(group, device -> {}).asAnswer();
        }
    }

    /**
     * Adds hardware addresses, uuids and serial numbers to devices, makes icons absolute and strips names.
     *
     * @param devices the devices
     * @param ipByMac the local network's addresses by MAC address
     * @return the devices in the same order
     */
    public List<Device> filter(List<Device> devices, Map<String, String> ipByMac) {
        try (TaskScope group = fanOut.group()) {
            DeviceEnrichment extras = new DeviceEnrichment(pipeline, group, null);
            devices.forEach(device -> extras.request(device.fields()));
            extras.flush();
            group.join();
            extras.warnOfGaps();
            DeviceAssembler assembler = new DeviceAssembler(pipeline.region(), ipByMac);
            return devices.stream()
                    .map(device -> assembler.assemble(device.fields(), extras.factoryInfo(device.id()), null))
                    .toList();
        }
    }

    private List<Device> assemble(
            DeviceIndex listing, PreviousDevices old, DeviceEnrichment extras, boolean includeMap) {
        DeviceAssembler assembler = new DeviceAssembler(pipeline.region(), Map.of());
        List<Device> devices = new ArrayList<>();
        for (Map<String, @Nullable Object> device : listing.devices()) {
            old.copyTo(device);
            devices.add(assembler.assemble(
                    device,
                    extras.factoryInfo(DeviceIndex.idOf(device)),
                    includeMap ? mappingOf(device, extras) : null));
        }
        return List.copyOf(devices);
    }

    private @Nullable DpMapping mappingOf(Map<String, @Nullable Object> device, DeviceEnrichment extras) {
        String product = JsonValues.text(device.get("product_id"));
        DpMapping fetched = extras.mapping(product);
        return fetched != null || product == null
                ? fetched
                : mappings.known(product).orElse(null);
    }
}
