package io.github.tuyacloud.operation;

import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.ThingModel;
import io.github.tuyacloud.model.ThingProperties;
import io.github.tuyacloud.operation.TaskScope.Member;
import java.util.List;

/** Fetches the three descriptions that the cloud has of a device, side by side, and makes one map of all data points. */
public final class FullMappings {

    private final DeviceCalls calls;
    private final ThingCalls things;
    private final WorkerPool fanOut;

    /**
     * Uses the single calls.
     *
     * @param calls reads specifications
     * @param things reads properties and models
     * @param fanOut makes them side by side
     */
    public FullMappings(DeviceCalls calls, ThingCalls things, WorkerPool fanOut) {
        this.calls = calls;
        this.things = things;
        this.fanOut = fanOut;
    }

    /**
     * Fetches and merges.
     *
     * @param deviceId the device
     * @return all its data points
     */
    public DpMapping fetch(String deviceId) {
        try (TaskScope group = fanOut.group()) {
            Member<DeviceSpecification> standard = group.fork(() -> calls.dpsOrNone(deviceId));
            Member<ThingModel> model = group.fork(() -> things.model(deviceId));
            Member<ThingProperties> properties = group.fork(() -> things.properties(deviceId, List.of()));
            group.join();
            return DpMapping.of(standard.result(), model.result(), properties.result());
        }
    }
}
