package io.github.tuyacloud.model;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes the JSON members of the types in this package. */
final class Values {

    private Values() {}

    static JsonReader fields(Map<String, ? extends @Nullable Object> json) {
        Map<String, @Nullable Object> plain = JsonValues.object(json);
        return new JsonReader(Objects.requireNonNull(plain, "json"));
    }

    /** Writes a member unless its value is null. */
    static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, JsonValues.normalize(value));
        }
    }

    /** Rejects an object that has none of the members that identify it; their values may be null. */
    static void requireAnyOf(Map<String, ?> json, String... names) {
        for (String name : names) {
            if (json.containsKey(name)) {
                return;
            }
        }
        throw new IllegalArgumentException("\"" + names[0] + "\" is missing");
    }

    /** Reads a list of objects; empty if it is missing or null. */
    static <T> List<T> objects(JsonReader fields, String name, Function<Map<String, @Nullable Object>, T> reader) {
        Object list = fields.any(name);
        if (list != null && !(list instanceof List)) {
            throw new IllegalArgumentException("\"" + name + "\" is not a list");
        }
        return list == null ? List.of() : objects((List<?>) list, reader);
    }

    /** Reads an id, which the cloud may send as text or as a number. */
    static String id(JsonReader fields, String name) {
        String id = fields.text(name);
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return id;
    }

    /** Reads each object of a list; other items are skipped, unless there are no objects at all. */
    static <T> List<T> objects(List<?> list, Function<Map<String, @Nullable Object>, T> reader) {
        return JsonValues.objects(list).stream().map(reader).toList();
    }

    /** Returns a text unchanged, and anything else as JSON text; null for null. */
    static @Nullable String textOrJson(@Nullable Object value) {
        return value == null || value instanceof String ? (String) value : Json.write(value);
    }

    /** Returns the JSON value in a text, or the text itself if it is not JSON. */
    static @Nullable Object parsedOrText(@Nullable String text) {
        try {
            return text == null ? null : Json.read(text);
        } catch (MalformedJsonException e) {
            return text;
        }
    }

    /** Returns a time as Unix time in milliseconds. */
    static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
