package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.model.DeviceStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the values of many devices with one request for every twenty devices; the requests are sent concurrently. */
public final class BatchStatus {

    /** The documented maximum number of devices in one request. */
    private static final int BATCH_SIZE = 20;

    private final CallPipeline pipeline;
    private final WorkerPool workers;

    public BatchStatus(CallPipeline pipeline, WorkerPool workers) {
        this.pipeline = pipeline;
        this.workers = workers;
    }

    /** Returns the values by device id, in the order of the ids. Devices that the cloud omits are missing. */
    public Map<String, DeviceStatus> read(Collection<String> deviceIds) {
        return read(deviceIds, response -> {});
    }

    /** Like {@link #read(Collection)}, but also passes each response to a consumer, which must be thread-safe. */
    public Map<String, DeviceStatus> read(Collection<String> deviceIds, Consumer<Envelope> responses) {
        ResultReader<Map<String, DeviceStatus>> values = ResultReader.list(BatchStatus::statuses);
        ResultReader<Map<String, DeviceStatus>> reader = response -> {
            responses.accept(response);
            return values.read(response);
        };
        List<String> ids = List.copyOf(new LinkedHashSet<>(deviceIds));
        // All requests are created before any is sent, because a malformed id must be rejected first.
        List<ApiRequest> requests = new ArrayList<>();
        for (int start = 0; start < ids.size(); start += BATCH_SIZE) {
            requests.add(ApiRequest.get("/v1.0/iot-03/devices/status")
                    .queryIds("device_ids", ids.subList(start, Math.min(ids.size(), start + BATCH_SIZE))));
        }
        Map<String, DeviceStatus> found = new HashMap<>();
        try (TaskScope scope = workers.openScope(pipeline)) {
            List<TaskScope.Task<Map<String, DeviceStatus>>> batches = requests.stream()
                    .map(request -> scope.fork(() -> pipeline.call(request, reader)))
                    .toList();
            scope.join();
            batches.forEach(batch -> found.putAll(batch.result()));
        }
        Map<String, DeviceStatus> inOrder = new LinkedHashMap<>();
        ids.stream().filter(found::containsKey).forEach(id -> inOrder.put(id, found.get(id)));
        return Collections.unmodifiableMap(inOrder);
    }

    private static Map<String, DeviceStatus> statuses(List<?> list) {
        Map<String, DeviceStatus> statuses = new HashMap<>();
        DeviceIndex.devicesIn(list)
                .forEach(device ->
                        statuses.put(DeviceIndex.idOf(device), Results.status(Results.list(device, "status"))));
        return statuses;
    }
}
