package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message as it was received, its payload still encrypted.
 *
 * @param messageId the id for the acknowledgment
 * @param payload the Base64-encoded envelope, or null
 * @param properties the message service's metadata
 * @param key the key that assigns messages to consumers of a key-shared subscription, or null
 * @param publishTime when the message service received it, or null
 * @param redeliveryCount the number of earlier deliveries, according to the message service
 */
record Frame(
        String messageId,
        @Nullable String payload,
        Map<String, String> properties,
        @Nullable String key,
        @Nullable Instant publishTime,
        int redeliveryCount) {

    /** Far more than the number of values in any frame, envelope or content. */
    static final int MAX_VALUES = 100_000;

    /** The length of {@code 2026-01-31T23:59:59.999}, before the offset. */
    private static final int MILLIS_LENGTH = 23;

    /** Parses a frame. Returns null if it has no message id, because it cannot be acknowledged then. */
    static @Nullable Frame parse(String text) {
        Map<String, @Nullable Object> object;
        try {
            object = JsonValues.object(Json.read(text, MAX_VALUES));
        } catch (MalformedJsonException e) {
            return null;
        }
        JsonReader fields = new JsonReader(object == null ? Map.of() : object);
        String messageId = fields.text("messageId");
        if (messageId == null) {
            return null;
        }
        Integer redeliveries = fields.integer("redeliveryCount");
        return new Frame(
                messageId,
                fields.text("payload"),
                properties(fields.any("properties")),
                fields.text("key"),
                time(fields.text("publishTime")),
                redeliveries == null ? 0 : redeliveries);
    }

    private static Map<String, String> properties(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Map.of();
        }
        Map<String, String> properties = new HashMap<>();
        map.forEach((name, text) -> {
            if (text != null) {
                properties.put(String.valueOf(name), String.valueOf(text));
            }
        });
        return Map.copyOf(properties);
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            Instant time = text == null ? null : instant(text);
            return time == null || time.getEpochSecond() <= 0 ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant instant(String text) {
        boolean inMilliseconds = text.length() > MILLIS_LENGTH
                && text.charAt(19) == '.'
                && !Character.isDigit(text.charAt(MILLIS_LENGTH));
        if (!inMilliseconds) {
            return OffsetDateTime.parse(text).toInstant();
        }
        // The usual format; the general parser took one seventh of the CPU time of a message.
        try {
            LocalDate date = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
            LocalTime time = LocalTime.of(
                    digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19), 1_000_000 * digits(text, 20, 23));
            return date.atTime(time).toInstant(ZoneOffset.of(text.substring(MILLIS_LENGTH)));
        } catch (NumberFormatException e) {
            throw new DateTimeException("not a time", e);
        }
    }

    private static int digits(String text, int start, int end) {
        return Integer.parseInt(text.substring(start, end));
    }

    /** Returns only the message id. */
    @Override
    public String toString() {
        return "Frame[messageId=" + messageId + "]";
    }
}
