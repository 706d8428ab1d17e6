package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a device takes.
 *
 * @param category the product category, such as {@code cz} for a socket, or null
 * @param functions the data points that can be set, in the cloud's order
 * @param extra what else the cloud says
 */
public record DeviceFunctions(
        @Nullable String category, List<DataPointSpec> functions, Map<String, @Nullable Object> extra) {

    /** Copies list and map. */
    public DeviceFunctions {
        functions = List.copyOf(functions);
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads one from its JSON object.
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
}
