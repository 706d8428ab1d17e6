package io.github.tuyacloud.device;

import io.github.tuyacloud.device.CallGroup.Member;
import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.ThingModel;
import io.github.tuyacloud.model.ThingProperties;
import java.util.List;

/** Fetches the three descriptions that the cloud has of a device, side by side, and makes one map of all data points. */
public final class FullMappings {

    private final DeviceCalls calls;
    private final ThingCalls things;
    private final FanOut fanOut;

    /**
     * Uses the single calls.
     *
     * @param calls reads specifications
     * @param things reads properties and models
     * @param fanOut makes them side by side
     */
    public FullMappings(DeviceCalls calls, ThingCalls things, FanOut fanOut) {
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
        try (CallGroup group = fanOut.group()) {
            Member<DeviceSpecification> standard = group.fork(() -> calls.dpsOrNone(deviceId));
            Member<ThingModel> model = group.fork(() -> things.model(deviceId));
            Member<ThingProperties> properties = group.fork(() -> things.properties(deviceId, List.of()));
            group.join();
            return MappingMerger.merge(standard.result(), model.result(), properties.result());
        }
    }
}
