package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.SecretNames;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event in a device log.
 *
 * @param code the data point concerned; null for events such as online and offline
 * @param value the data point's raw value, as the text that the cloud logs; null if absent
 * @param eventTime when it happened, to the millisecond; null if the cloud omitted it or sent 0
 * @param eventFrom the cloud's code for the cause, which {@link #eventSource()} reads; or null
 * @param eventId the cloud's number for the kind of event, which {@link #eventType()} reads; or null
 * @param status the cloud's status of the event, or null
 * @param row the event's own row key, or null
 * @param extra other members of the cloud's response
 */
public record LogEntry(
        @Nullable String code,
        @Nullable String value,
        @Nullable Instant eventTime,
        @Nullable String eventFrom,
        @Nullable Integer eventId,
        @Nullable String status,
        @Nullable String row,
        Map<String, @Nullable Object> extra) {

    /** Copies the extra members. */
    public LogEntry {
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads an entry from its JSON object.
     *
     * @param json {@code {"code":"switch_1","value":"true","event_time":1588925778000,"event_from":"1","event_id":7}};
     *     {@code event_value} is read as well
     * @return the entry
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LogEntry fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        Object value = fields.any("value");
        return new LogEntry(
                fields.text("code"),
                Values.textOrJson(value == null ? fields.any("event_value") : value),
                fields.time("event_time"),
                fields.text("event_from"),
                fields.integer("event_id"),
                fields.text("status"),
                fields.text("row"),
                fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "code", code);
        Values.put(json, "value", value);
        Values.put(json, "event_time", Values.millis(eventTime));
        Values.put(json, "event_from", eventFrom);
        Values.put(json, "event_id", eventId);
        Values.put(json, "status", status);
        Values.put(json, "row", row);
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    /**
     * Returns the kind of event.
     *
     * @return the kind; {@link EventType#OTHER} if this library does not know {@link #eventId}; null if absent
     */
    public @Nullable EventType eventType() {
        return EventType.read(eventId);
    }

    /**
     * Returns what caused the event.
     *
     * @return the source; {@link EventSource#OTHER} if this library does not know {@link #eventFrom}; null if absent
     */
    public @Nullable EventSource eventSource() {
        return eventFrom == null ? null : EventSource.of(eventFrom);
    }

    /**
     * Returns whether the value is true.
     *
     * @return true for {@code true} and {@code 1}; false for any other value and for none
     */
    public boolean isTrue() {
        return ReadValue.isTrue(value);
    }

    /**
     * Returns the value as a whole number: the raw one, before any scale of its specification is applied.
     *
     * @return the number; null if there is no value, or it is not whole or does not fit a long
     */
    public @Nullable Long asLong() {
        return ReadValue.asLong(value);
    }

    /**
     * Returns the value as a number: the raw one, before any scale of its specification is applied.
     *
     * @return the exact number; null if there is no value, or it is not a number of at most 10,000 digits
     */
    public @Nullable BigDecimal asDecimal() {
        return ReadValue.asDecimal(value);
    }

    /**
     * Returns the value as text, like {@link #value}.
     *
     * @return the text; null if there is no value
     */
    public @Nullable String asText() {
        return value;
    }

    /**
     * Returns the value with its meaning.
     *
     * @param mapping what the product's data points mean, from {@code getMapping} or {@code things().fullMapping}
     * @return the description; a plain one if the event has no data point or the mapping does not have it
     */
    public DescribedValue describe(DpMapping mapping) {
        return new DataPoint(code, value).describe(mapping);
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "LogEntry[code={}, value={}, eventTime={}, eventFrom={}, eventId={}, status={}, row={}, " + "extra={}]",
                code,
                SecretNames.shown(code, value),
                eventTime,
                eventFrom,
                eventId,
                status,
                row,
                extra);
    }
}
