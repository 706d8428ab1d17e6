package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message as it was received, its payload still encrypted.
 *
 * @param messageId what it is acknowledged with
 * @param payload the envelope in Base64, or null
 * @param properties the message service's metadata
 * @param key what messages are shared by under a key-shared subscription, or null
 * @param publishTime when it entered the message service, or null
 * @param redeliveryCount how often it was delivered before, according to the message service
 */
record Frame(
        String messageId,
        @Nullable String payload,
        Map<String, String> properties,
        @Nullable String key,
        @Nullable Instant publishTime,
        int redeliveryCount) {

    /** Reads a frame; null if it has no message id, without which it cannot be acknowledged. */
    static @Nullable Frame parse(String text) {
        Map<String, @Nullable Object> object;
        try {
            object = JsonValues.object(Json.read(text));
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
        Map<String, String> properties = new HashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, text) -> {
                if (text != null) {
                    properties.put(String.valueOf(name), String.valueOf(text));
                }
            });
        }
        return properties;
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            Instant time = text == null ? null : OffsetDateTime.parse(text).toInstant();
            return time == null || time.getEpochSecond() <= 0 ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Returns the message id only. */
    @Override
    public String toString() {
        return "Frame[messageId=" + messageId + "]";
    }
}
