package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.SecretNames;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A data point of a device with its value: {@code switch_1} is {@code true}.
 *
 * @param code the data point's code; null only if the cloud omitted it
 * @param dpId the number used on the local network; null if the call does not return it, as with {@code getStatus}
 * @param value a plain Java value; numbers are raw; null if absent
 * @param extra other members of the cloud's response, usually empty
 */
public record DataPoint(
        @Nullable String code,
        @Nullable Integer dpId,
        @Nullable Object value,
        Map<String, @Nullable Object> extra) {

    /** Copies the extra members. */
    public DataPoint {
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Creates a data point from a code and a value.
     *
     * @param code the data point's code
     * @param value a plain Java value
     */
    public DataPoint(@Nullable String code, @Nullable Object value) {
        this(code, null, value, Map.of());
    }

    /**
     * Reads a data point from its JSON object.
     *
     * @param json {@code {"code":"switch_1","value":true}}, optionally with {@code dp_id}
     * @return the data point
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DataPoint fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new DataPoint(fields.text("code"), fields.integer("dp_id"), fields.any("value"), fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "code", code);
        Values.put(json, "dp_id", dpId);
        Values.put(json, "value", value);
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    /**
     * Returns whether the value is true.
     *
     * @return true for true, the text {@code true} and 1; false for any other value and for none
     */
    public boolean isTrue() {
        return ReadValue.isTrue(value);
    }

    /**
     * Returns the value as a whole number: the raw one, before any scale of its specification is applied.
     *
     * @return the number, also from a text of digits; null if there is no value, or it is not whole or does not fit a
     *     long
     */
    public @Nullable Long asLong() {
        return ReadValue.asLong(value);
    }

    /**
     * Returns the value as a number: the raw one, before any scale of its specification is applied.
     *
     * @return the exact number, also from a text that spells it; null if there is no value, or it is
     *     not a number of at most 10,000 digits
     */
    public @Nullable BigDecimal asDecimal() {
        return ReadValue.asDecimal(value);
    }

    /**
     * Returns the value as text.
     *
     * @return the text; for any other value its JSON; null if there is no value
     */
    public @Nullable String asText() {
        return ReadValue.asText(value);
    }

    /**
     * Returns the value with its meaning.
     *
     * @param mapping what the product's data points mean, from {@code getMapping} or {@code things().fullMapping}
     * @return the description; a plain one if the mapping does not have the data point
     */
    public DescribedValue describe(DpMapping mapping) {
        Objects.requireNonNull(mapping, "mapping");
        return DescribedValue.of(this, mapping);
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "DataPoint[code={}, dpId={}, value={}, extra={}]", code, dpId, SecretNames.shown(code, value), extra);
    }
}
