package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The type of a property in a thing model, and which values it takes.
 *
 * @param type {@code bool}, {@code value}, {@code enum}, {@code string}, {@code bitmap}, {@code raw}, {@code date},
 *     {@code struct} or {@code array}, in the cloud's spelling; null only if the cloud left it out
 * @param values all else that the cloud says about it ({@code min}, {@code range}, {@code label} ...), as plain Java;
 *     {@link #valueRange()} and its neighbours read it
 */
public record TypeSpec(@Nullable String type, Map<String, @Nullable Object> values) {

    /** Copies the map. */
    public TypeSpec {
        values = JsonObject.copyOf(values);
    }

    /**
     * Reads one from its JSON object.
     *
     * @param json {@code {"type":"value","min":0,"max":5000,"scale":1,"step":1,"unit":"V"}}
     * @return the type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TypeSpec fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new TypeSpec(fields.text("type"), fields.extra());
    }

    /** Reads one from a value that may be something else; null then. */
    static @Nullable TypeSpec read(@Nullable Object json) {
        Map<String, @Nullable Object> object = JsonValues.object(json);
        return object == null ? null : fromMap(object);
    }

    /**
     * Compares the type, whatever its case.
     *
     * @param wanted such as {@code value}
     * @return whether this is of that type
     */
    public boolean isType(String wanted) {
        return Objects.requireNonNull(wanted, "wanted").equalsIgnoreCase(type);
    }

    /**
     * Reads the range of a {@code value}.
     *
     * @return the range; empty when neither minimum, maximum, scale, step nor unit is said
     */
    public Optional<ValueRange> valueRange() {
        return SpecValues.range(values);
    }

    /**
     * Reads the choices of an {@code enum}.
     *
     * @return the allowed texts in order; empty when there are none
     */
    public List<String> enumRange() {
        return SpecValues.enumRange(values);
    }

    /**
     * Reads the labels of a {@code bitmap}: label <i>i</i> belongs to bit <i>i</i>.
     *
     * @return the labels, {@code bit 5} where the list has none for bit 5; empty when there are none
     */
    public List<String> bitmapLabels() {
        return SpecValues.bitmapLabels(values);
    }

    /**
     * Reads the greatest length of a {@code string} or {@code raw}.
     *
     * @return the length, or null when it is not said
     */
    public @Nullable Long maxLength() {
        return SpecValues.maxLength(values);
    }
}
