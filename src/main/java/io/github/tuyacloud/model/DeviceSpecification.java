package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.LogSafe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All data points of a device's standard instruction set: those that commands can set, and those that the device
 * reports.
 *
 * @param category the product category, such as {@code cz} for a socket, or null
 * @param functions the data points that can be set, in the cloud's order
 * @param status the data points that are reported, in the cloud's order
 * @param extra other members of the cloud's response
 */
public record DeviceSpecification(
        @Nullable String category,
        List<DataPointSpec> functions,
        List<DataPointSpec> status,
        Map<String, @Nullable Object> extra) {

    /** Copies lists and map. */
    public DeviceSpecification {
        functions = List.copyOf(functions);
        status = List.copyOf(status);
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads a specification from its JSON object.
     *
     * @param json {@code {"category":"cz","functions":[...],"status":[...]}}
     * @return the specification; a list that is missing or null is empty
     * @throws IllegalArgumentException if a list in it is not a list of objects
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DeviceSpecification fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new DeviceSpecification(
                fields.text("category"),
                Values.objects(fields, "functions", DataPointSpec::fromMap),
                Values.objects(fields, "status", DataPointSpec::fromMap),
                fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "category", category);
        Values.put(
                json, "functions", functions.stream().map(DataPointSpec::asMap).toList());
        Values.put(json, "status", status.stream().map(DataPointSpec::asMap).toList());
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    /**
     * Returns the data point with a code.
     *
     * @param code such as {@code cur_power}
     * @return the data point; if it is both reported and set, the reported one; empty if absent
     */
    public Optional<DataPointSpec> find(String code) {
        Objects.requireNonNull(code, "code");
        return Stream.concat(status.stream(), functions.stream())
                .filter(spec -> code.equals(spec.code()))
                .findFirst();
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "DeviceSpecification[category={}, functions={}, status={}, extra={}]",
                category,
                functions,
                status,
                extra);
    }
}
