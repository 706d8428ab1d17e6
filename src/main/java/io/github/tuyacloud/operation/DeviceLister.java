package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.json.JsonObject;
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
 * Lists devices, including the details that take further requests: local keys, gateways, hardware addresses, DP
 * mappings. Independent requests are sent concurrently.
 */
public final class DeviceLister {

    private final CallPipeline pipeline;
    private final WorkerPool workers;
    private final Mappings mappings;
    private final DeviceSource source;

    /**
     * Creates a lister for the devices of the owners of {@code apiDeviceIds}, or of all linked accounts if it is empty.
     */
    public DeviceLister(
            CallPipeline pipeline, WorkerPool workers, Mappings mappings, List<String> apiDeviceIds, int maxListSize) {
        this(
                pipeline,
                workers,
                mappings,
                apiDeviceIds.isEmpty()
                        ? new LinkedAccountSource(new PagedDeviceReader(pipeline, maxListSize))
                        : new OwnerSource(pipeline, apiDeviceIds));
    }

    private DeviceLister(CallPipeline pipeline, WorkerPool workers, Mappings mappings, DeviceSource source) {
        this.pipeline = pipeline;
        this.workers = workers;
        this.mappings = mappings;
        this.source = source;
    }

    /** Returns a lister that uses another pipeline. */
    public DeviceLister withPipeline(CallPipeline view, Mappings viewMappings) {
        return new DeviceLister(view, workers, viewMappings, source.withPipeline(view));
    }

    /** Returns all devices in the cloud's order. */
    public List<Device> list(DeviceListOptions options) {
        PreviousDevices old = new PreviousDevices(options.oldList());
        try (TaskScope scope = workers.openScope(pipeline)) {
            DeviceEnrichment enrichment = new DeviceEnrichment(pipeline, scope, options.includeMap() ? mappings : null);
            // With an old list, changes are known only after both of the cloud's lists have been merged.
            DeviceIndex index = source.read(scope, old.isEmpty() ? enrichment::request : device -> {});
            index.devices().stream()
                    .filter(device -> old.hasChanged(device, options.includeMap()))
                    .forEach(enrichment::request);
            enrichment.flush();
            scope.join();
            enrichment.warnAboutGaps();
            return assemble(index, old, enrichment, options.includeMap());
        }
    }

    /** Returns the keys of the last response, with all devices as {@code result}. */
    public CloudResponse verbose() {
        try (TaskScope scope = workers.openScope(pipeline)) {
            return source.read(scope, device -> {}).asResponse();
        }
    }

    /** Returns the devices with hardware addresses, uuids, serial numbers, absolute icon URLs and stripped names. */
    public List<Device> filter(List<Device> devices, Map<String, String> ipByMac) {
        try (TaskScope scope = workers.openScope(pipeline)) {
            DeviceEnrichment enrichment = new DeviceEnrichment(pipeline, scope, null);
            devices.forEach(device -> enrichment.request(device.asMap()));
            enrichment.flush();
            scope.join();
            enrichment.warnAboutGaps();
            DeviceAssembler assembler = new DeviceAssembler(pipeline.region(), ipByMac);
            return devices.stream()
                    .map(device -> assembler.assemble(
                            JsonObject.copyOf(device.asMap()), enrichment.factoryInfo(device.id()), device.mapping()))
                    .toList();
        }
    }

    private List<Device> assemble(
            DeviceIndex index, PreviousDevices old, DeviceEnrichment enrichment, boolean includeMap) {
        DeviceAssembler assembler = new DeviceAssembler(pipeline.region(), Map.of());
        List<Device> devices = new ArrayList<>();
        for (JsonObject listed : index.devices()) {
            JsonObject device = old.complete(listed);
            devices.add(assembler.assemble(
                    device,
                    enrichment.factoryInfo(DeviceIndex.idOf(device)),
                    includeMap ? mappingOf(device, enrichment) : null));
        }
        return List.copyOf(devices);
    }

    private @Nullable DpMapping mappingOf(Map<String, @Nullable Object> device, DeviceEnrichment enrichment) {
        String product = JsonValues.text(device.get("product_id"));
        DpMapping fetched = enrichment.mapping(product);
        return fetched != null || product == null
                ? fetched
                : mappings.known(product).orElse(null);
    }
}
