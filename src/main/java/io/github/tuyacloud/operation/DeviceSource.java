package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A way to find devices: through all linked accounts, or through the owners of given devices. */
interface DeviceSource {

    /**
     * Reads the devices. All tasks that it forks are done when it returns.
     *
     * @param scope runs the requests
     * @param onNew receives each device as soon as it is found, in order, never from two threads at once
     */
    DeviceIndex read(TaskScope scope, Consumer<Map<String, @Nullable Object>> onNew);

    /** Returns the same source with requests through another pipeline. */
    DeviceSource over(CallPipeline view);
}
