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
 * A home of an app user.
 *
 * @param id the home's id, as text; the cloud sends a number
 * @param name the name given by its owner, or null
 * @param geoName the address given by its owner, or null
 * @param lat degrees of latitude as text, or null
 * @param lon degrees of longitude as text, or null
 * @param role the user's role in the home, such as {@code OWNER}; null if unknown
 * @param extra other members of the cloud's response
 */
public record Home(
        String id,
        @Nullable String name,
        @Nullable String geoName,
        @Nullable String lat,
        @Nullable String lon,
        @Nullable String role,
        Map<String, @Nullable Object> extra) {

    /** Copies the extra members. */
    public Home {
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads a home from its JSON object.
     *
     * @param json {@code {"home_id":44154302,"name":"My Home","geo_name":"...","lat":49.1,"lon":16.8,"role":"OWNER"}}
     * @return the home
     * @throws IllegalArgumentException if there is no {@code home_id}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Home fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new Home(
                Values.id(fields, "home_id"),
                fields.text("name"),
                fields.text("geo_name"),
                fields.text("lat"),
                fields.text("lon"),
                fields.text("role"),
                fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "home_id", id);
        Values.put(json, "name", name);
        Values.put(json, "geo_name", geoName);
        Values.put(json, "lat", lat);
        Values.put(json, "lon", lon);
        Values.put(json, "role", role);
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "Home[id={}, name={}, geoName={}, lat={}, lon={}, role={}, extra={}]",
                id,
                name,
                geoName,
                lat,
                lon,
                role,
                extra);
    }
}
