package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.LogSafe;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A room of a home.
 *
 * @param id the room's id, as text; the cloud sends a number
 * @param name the name given by its owner, or null
 * @param extra other members of the cloud's response
 */
public record Room(String id, @Nullable String name, Map<String, @Nullable Object> extra) {

    /** Copies the extra members. */
    public Room {
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads a room from its JSON object.
     *
     * @param json {@code {"room_id":7001,"name":"Bedroom"}}
     * @return the room
     * @throws IllegalArgumentException if there is no {@code room_id}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Room fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new Room(Values.id(fields, "room_id"), fields.text("name"), fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "room_id", id);
        Values.put(json, "name", name);
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    @Override
    public String toString() {
        return LogSafe.line("Room[id={}, name={}, extra={}]", id, name, extra);
    }
}
