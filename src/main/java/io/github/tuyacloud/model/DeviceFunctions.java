package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.LogSafe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data points that commands can set.
 *
 * @param category the product category, such as {@code cz} for a socket, or null
 * @param functions the data points that can be set, in the cloud's order
 * @param extra other members of the cloud's response
 */
public record DeviceFunctions(
        @Nullable String category, List<DataPointSpec> functions, Map<String, @Nullable Object> extra) {

    /** Copies list and map. */
    public DeviceFunctions {
        functions = List.copyOf(functions);
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads functions from their JSON object.
     *
     * @param json {@code {"category":"cz","functions":[...]}}
     * @return the functions; empty if the list is missing or null
     * @throws IllegalArgumentException if a list in it is not a list of objects
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DeviceFunctions fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new DeviceFunctions(
                fields.text("category"), Values.objects(fields, "functions", DataPointSpec::fromMap), fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "category", category);
        Values.put(
                json, "functions", functions.stream().map(DataPointSpec::asMap).toList());
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    @Override
    public String toString() {
        return LogSafe.line("DeviceFunctions[category={}, functions={}, extra={}]", category, functions, extra);
    }
}
