package io.github.tuyacloud.model;

import io.github.tuyacloud.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a device's log, newest entry first, put together from as many pages as were asked for.
 *
 * @param logs the entries, newest first
 * @param hasNext whether the cloud has more of them, and does not just lead back; after a parallel read, whether it had in
 *     one of the windows when it led no further there
 * @param nextRowKey the row key that the cloud gave last; while {@code hasNext} the next part begins there: give it to
 *     {@link DeviceLogQuery.Builder#startRowKey}; null when it gave none, and after a parallel read, which cannot be
 *     continued
 * @param fetches how many pages were fetched for this part
 * @param extra what else the cloud says beside the entries, such as {@code device_id}
 */
public record DeviceLog(
        List<LogEntry> logs,
        boolean hasNext,
        @Nullable String nextRowKey,
        int fetches,
        Map<String, @Nullable Object> extra) {

    /** Copies list and map. */
    public DeviceLog {
        logs = List.copyOf(logs);
        extra = JsonObject.copyOf(extra);
    }
}
