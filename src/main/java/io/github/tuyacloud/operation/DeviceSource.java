package io.github.tuyacloud.operation;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A way to find devices: through all linked accounts, or through the owners of given devices. */
interface DeviceSource {

    /**
     * Lists the devices; when it returns, no call of the group is under way.
     *
     * @param group where calls are made
     * @param onNew told of each device as soon as it is found, in the listing's order, never by two threads at a time
     */
    DeviceIndex read(TaskScope group, Consumer<Map<String, @Nullable Object>> onNew);
}
