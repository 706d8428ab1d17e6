package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.model.DeviceStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the values of many devices with one request for twenty of them; the requests are made side by side. */
public final class BatchStatus {

    /** The documented maximum. */
    private static final int BATCH_SIZE = 20;

    private final CallPipeline pipeline;
    private final WorkerPool fanOut;

    /**
     * Makes the calls through a pipeline.
     *
     * @param pipeline the way to the cloud
     * @param fanOut makes them side by side
     */
    public BatchStatus(CallPipeline pipeline, WorkerPool fanOut) {
        this.pipeline = pipeline;
        this.fanOut = fanOut;
    }

    /**
     * Reads the values.
     *
     * @param deviceIds the devices; doubles are asked once
     * @return by device id, in the order asked; without those that the cloud passes over
     */
    public Map<String, DeviceStatus> read(Collection<String> deviceIds) {
        List<String> ids = List.copyOf(new LinkedHashSet<>(deviceIds));
        // All requests first: an id that cannot be one is refused before any is sent.
        List<ApiRequest> requests = new ArrayList<>();
        for (int start = 0; start < ids.size(); start += BATCH_SIZE) {
            requests.add(ApiRequest.get("/v1.0/iot-03/devices/status")
                    .queryIds("device_ids", ids.subList(start, Math.min(ids.size(), start + BATCH_SIZE))));
        }
        Map<String, DeviceStatus> found = new HashMap<>();
        try (TaskScope group = fanOut.group()) {
            List<TaskScope.Member<Map<String, DeviceStatus>>> batches = requests.stream()
                    .map(request -> group.fork(() -> read(request)))
                    .toList();
            group.join();
            batches.forEach(batch -> found.putAll(batch.result()));
        }
        Map<String, DeviceStatus> inOrder = new LinkedHashMap<>();
        ids.stream().filter(found::containsKey).forEach(id -> inOrder.put(id, found.get(id)));
        return Collections.unmodifiableMap(inOrder);
    }

    private Map<String, DeviceStatus> read(ApiRequest request) {
        return Results.list(request, pipeline.execute(request), list -> {
            Map<String, DeviceStatus> statuses = new HashMap<>();
            DeviceIndex.devicesIn(list).forEach(device -> statuses.put(DeviceIndex.idOf(device), statusIn(device)));
            return statuses;
        });
    }

    private static DeviceStatus statusIn(Map<String, @Nullable Object> device) {
        return DeviceStatus.fromList(Results.list(device, "status"));
    }
}
