package io.github.tuyacloud.operation;

import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.model.LogEntry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a log.
 *
 * @param logs its entries, newest first
 * @param hasNext whether the cloud reports more entries
 * @param nextRowKey the row key of the next page, or null
 * @param extra other members of the cloud's answer
 */
record LogPage(
        List<LogEntry> logs, boolean hasNext, @Nullable String nextRowKey, Map<String, @Nullable Object> extra) {

    /** Reads the result of a log call. */
    static LogPage of(Map<String, @Nullable Object> result) {
        JsonReader fields = new JsonReader(result);
        fields.any("logs");
        List<LogEntry> logs =
                Results.objects(result, "logs").stream().map(LogEntry::fromMap).toList();
        boolean hasNext = Boolean.TRUE.equals(fields.flag("has_next"));
        String key = fields.text("next_row_key");
        return new LogPage(logs, hasNext, key == null || key.isEmpty() ? null : key, fields.extra());
    }

    /** Returns the same page without its entries. */
    LogPage withoutLogs() {
        return new LogPage(List.of(), hasNext, nextRowKey, extra);
    }

    /** Returns whether there is a next page to read. */
    boolean leadsOn() {
        return hasNext && nextRowKey != null && !logs.isEmpty();
    }
}
