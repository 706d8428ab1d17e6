package io.github.tuyacloud.model;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.LogSafe;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Part of a device's log, read from one or more pages.
 *
 * @param logs the entries, newest first
 * @param hasNext whether the cloud has more entries; false if it repeats a page. After a parallel read, whether the
 *     cloud stopped before the end of one of the windows
 * @param nextRowKey the cloud's last row key, to pass to {@link DeviceLogQuery.Builder#startRowKey} if {@code hasNext}
 *     is true; null if absent, and after a parallel read, which cannot be continued
 * @param fetches the number of pages fetched
 * @param extra other members of the first page, such as {@code device_id}
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

    @Override
    public String toString() {
        return LogSafe.line(
                "DeviceLog[logs={}, hasNext={}, nextRowKey={}, fetches={}, extra={}]",
                logs,
                hasNext,
                nextRowKey,
                fetches,
                extra);
    }
}
