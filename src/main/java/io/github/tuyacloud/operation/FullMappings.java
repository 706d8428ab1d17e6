package io.github.tuyacloud.operation;

import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.ThingModel;
import io.github.tuyacloud.model.ThingProperties;
import java.util.List;

/** Fetches the three descriptions of a device concurrently and merges them into one mapping of all data points. */
public final class FullMappings {

    private final Descriptions descriptions;
    private final WorkerPool workers;

    public FullMappings(Descriptions descriptions, WorkerPool workers) {
        this.descriptions = descriptions;
        this.workers = workers;
    }

    /** Returns the mapping of all data points of a device. */
    public DpMapping fetch(String deviceId) {
        try (TaskScope scope = workers.openScope(descriptions.pipeline())) {
            TaskScope.Task<DeviceSpecification> standard =
                    scope.fork(() -> descriptions.specificationOrEmpty(deviceId));
            TaskScope.Task<ThingModel> model = scope.fork(() -> descriptions.modelOrEmpty(deviceId));
            TaskScope.Task<ThingProperties> properties = scope.fork(() -> descriptions.properties(deviceId, List.of()));
            scope.join();
            return DpMapping.of(standard.result(), model.result(), properties.result());
        }
    }
}
