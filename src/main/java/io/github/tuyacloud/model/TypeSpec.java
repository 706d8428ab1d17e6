package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The type and the allowed values of a property in a thing model.
 *
 * @param type {@code bool}, {@code value}, {@code enum}, {@code string}, {@code bitmap}, {@code raw}, {@code date},
 *     {@code struct} or {@code array}, in the cloud's spelling; null only if the cloud omitted it
 * @param values all other members of the cloud's response ({@code min}, {@code range}, {@code label} and so on) as
 *     plain Java; {@link #valueRange()} and similar methods read them
 */
public record TypeSpec(@Nullable String type, Map<String, @Nullable Object> values) {

    /** Copies the map. */
    public TypeSpec {
        values = JsonObject.copyOf(values);
    }

    /**
     * Reads a type from its JSON object.
     *
     * @param json {@code {"type":"value","min":0,"max":5000,"scale":1,"step":1,"unit":"V"}}
     * @return the type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TypeSpec fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new TypeSpec(fields.text("type"), fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "type", type);
        values.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    /** Reads a type from a value; null if it is not an object. */
    static @Nullable TypeSpec read(@Nullable Object json) {
        Map<String, @Nullable Object> object = JsonValues.object(json);
        return object == null ? null : fromMap(object);
    }

    /**
     * Returns the type.
     *
     * @return the type; {@link DataPointType#OTHER} if {@link #type} is absent or unknown
     */
    public DataPointType dataType() {
        return DataPointType.of(type);
    }

    /**
     * Returns the range of a {@code value}.
     *
     * @return the range; empty if neither minimum, maximum, scale, step nor unit is given
     */
    public Optional<ValueRange> valueRange() {
        return SpecValues.range(values);
    }

    /**
     * Returns the choices of an {@code enum}.
     *
     * @return the allowed texts in order; may be empty
     */
    public List<String> enumRange() {
        return SpecValues.enumRange(values);
    }

    /**
     * Returns the labels of a {@code bitmap}: label <i>i</i> belongs to bit <i>i</i>.
     *
     * @return the labels, with {@code bit 5} if bit 5 has no label; may be empty
     */
    public List<String> bitmapLabels() {
        return SpecValues.bitmapLabels(values);
    }

    /**
     * Returns the maximum length of a {@code string} or {@code raw}.
     *
     * @return the length, or null if it is not given
     */
    public @Nullable Long maxLength() {
        return SpecValues.maxLength(values);
    }

    @Override
    public String toString() {
        return LogSafe.line("TypeSpec[type={}, values={}]", type, values);
    }
}
