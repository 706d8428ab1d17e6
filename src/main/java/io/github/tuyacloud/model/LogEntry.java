package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event in a device log.
 *
 * @param code the data point concerned; null for events such as online and offline
 * @param value the data point's value as text, as the cloud logs it; null when there is none
 * @param eventTime when it happened, to the millisecond; null only if the cloud left it out
 * @param eventFrom who caused it: {@code 1} the device, {@code 2} an app, {@code 3} a third party, {@code 4} the cloud,
 *     {@code -1} unknown; or null
 * @param eventId the cloud's number for the kind of event, also one that {@link EventType} does not know; or null
 * @param eventType the kind of event; null when its number is unknown
 * @param status the cloud's status of the event, or null
 * @param row the event's own row key, or null
 * @param extra what else the cloud says about it
 */
public record LogEntry(
        @Nullable String code,
        @Nullable String value,
        @Nullable Instant eventTime,
        @Nullable String eventFrom,
        @Nullable Integer eventId,
        @Nullable EventType eventType,
        @Nullable String status,
        @Nullable String row,
        Map<String, @Nullable Object> extra) {

    /** Copies the extra members. */
    public LogEntry {
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads one from its JSON object.
     *
     * @param json {@code {"code":"switch_1","value":"true","event_time":1588925778000,"event_from":"1","event_id":7}}
     * @return the entry
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LogEntry fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        Integer id = fields.integer("event_id");
        return new LogEntry(
                fields.text("code"),
                Values.textOrJson(fields.any("value")),
                Values.instant(fields.number("event_time")),
                fields.text("event_from"),
                id,
                id == null ? null : EventType.of(id).orElse(null),
                fields.text("status"),
                fields.text("row"),
                fields.extra());
    }

    /**
     * Says what the value means: a log has all values as text, raw.
     *
     * @param mapping what the product's data points mean, from {@code getMapping} or {@code things().fullMapping}
     * @return the description; a plain one when the mapping does not know the data point, and for events without one
     */
    public DescribedValue describe(DpMapping mapping) {
        return new DataPoint(code, value).describe(mapping);
    }
}
