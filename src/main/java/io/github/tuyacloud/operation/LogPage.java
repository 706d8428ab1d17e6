package io.github.tuyacloud.operation;

import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.model.LogEntry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a log as the cloud gives it.
 *
 * @param logs its entries, newest first
 * @param hasNext whether the cloud says that there are more
 * @param nextRowKey the way to them; null when there is none
 * @param extra what else it says
 */
record LogPage(
        List<LogEntry> logs, boolean hasNext, @Nullable String nextRowKey, Map<String, @Nullable Object> extra) {

    /** Reads the result of the call. */
    static LogPage of(Map<String, @Nullable Object> result) {
        JsonReader fields = new JsonReader(result);
        fields.any("logs");
        List<LogEntry> logs =
                Results.objects(result, "logs").stream().map(LogEntry::fromMap).toList();
        boolean hasNext = Boolean.TRUE.equals(fields.flag("has_next"));
        String key = fields.text("next_row_key");
        return new LogPage(logs, hasNext, key == null || key.isEmpty() ? null : key, fields.extra());
    }

    /** Whether there is a way on from here. */
    boolean leadsOn() {
        return hasNext && nextRowKey != null && !logs.isEmpty();
    }
}
