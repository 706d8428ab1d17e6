package io.github.tuyacloud.operation;

import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.model.LogEntry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a log.
 *
 * @param logs the entries, newest first
 * @param hasNext whether the cloud reports more entries
 * @param nextRowKey the row key of the next page, or null
 * @param extra the other members of the response
 */
record LogPage(
        List<LogEntry> logs, boolean hasNext, @Nullable String nextRowKey, Map<String, @Nullable Object> extra) {

    /** Reads the result of a log call. Tuya's documentation has two names for the list and two for the flag. */
    static LogPage of(Map<String, @Nullable Object> result) {
        JsonReader fields = new JsonReader(result);
        String list = result.get("logs") != null ? "logs" : "list";
        fields.any("logs");
        fields.any(list);
        List<LogEntry> logs =
                Results.objects(result, list).stream().map(LogEntry::fromMap).toList();
        Boolean next = fields.flag("has_next");
        boolean hasNext = Boolean.TRUE.equals(next == null ? fields.flag("has_more") : next);
        String key = fields.text("next_row_key");
        return new LogPage(logs, hasNext, key == null || key.isEmpty() ? null : key, fields.extra());
    }

    /** Returns a copy without entries. */
    LogPage withoutLogs() {
        return new LogPage(List.of(), hasNext, nextRowKey, extra);
    }

    /** Returns whether another page can be read. */
    boolean hasNextPage() {
        return hasNext && nextRowKey != null && !logs.isEmpty();
    }
}
