package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds devices: those of all linked accounts, or those of the owners of given devices. */
interface DeviceSource {

    /**
     * Reads the devices. Returns only after all forked tasks are done.
     *
     * @param scope runs the requests
     * @param onNew receives each device as soon as it is found, in order; not called concurrently
     */
    DeviceIndex read(TaskScope scope, Consumer<Map<String, @Nullable Object>> onNew);

    /** Returns a copy that uses another pipeline. */
    DeviceSource withPipeline(CallPipeline view);
}
