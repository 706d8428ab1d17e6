package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The current values of a device's data points, limited to its standard instruction set.
 *
 * <p>The typed getters return null if there is no such data point or if its value has another type; {@link #get}
 * returns any value unconverted.
 *
 * @param dataPoints in the cloud's order
 */
public record DeviceStatus(@JsonValue List<DataPoint> dataPoints) {

    /** Copies the list. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeviceStatus {
        dataPoints = List.copyOf(dataPoints);
    }

    /**
     * Creates a status from its values by code.
     *
     * @param values {@code {"switch_1":true}}; a value may be null
     * @return the status
     */
    public static DeviceStatus fromMap(Map<String, ? extends @Nullable Object> values) {
        List<DataPoint> dataPoints = new ArrayList<>();
        values.forEach((code, value) -> dataPoints.add(new DataPoint(code, JsonValues.normalize(value))));
        return new DeviceStatus(dataPoints);
    }

    /**
     * Returns the values by code. Data points without a code are omitted; if a code occurs twice, its first value is
     * used.
     *
     * @return an unmodifiable map of plain Java values, in the cloud's order
     */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (DataPoint dataPoint : dataPoints) {
            if (dataPoint.code() != null && !values.containsKey(dataPoint.code())) {
                values.put(dataPoint.code(), dataPoint.value());
            }
        }
        return JsonObject.copyOf(values);
    }

    /**
     * Returns a value.
     *
     * @param code the data point's code, such as {@code switch_1}
     * @return the plain Java value; null if there is no such data point
     */
    public @Nullable Object get(String code) {
        Objects.requireNonNull(code, "code");
        for (DataPoint dataPoint : dataPoints) {
            if (code.equals(dataPoint.code())) {
                return dataPoint.value();
            }
        }
        return null;
    }

    /**
     * Returns whether a value is true.
     *
     * @param code the data point's code, such as {@code switch_1}
     * @return true for true, the text {@code true} and 1; false for any other value, and if there is no such data point
     */
    public boolean isTrue(String code) {
        return ReadValue.isTrue(get(code));
    }

    /**
     * Returns a boolean.
     *
     * @param code the data point's code
     * @return the boolean, also from the texts {@code true} and {@code false} and from 1 and 0; otherwise null
     */
    public @Nullable Boolean getBoolean(String code) {
        return JsonValues.flag(get(code));
    }

    /**
     * Returns a whole number: the raw one, before any scale of its specification is applied.
     *
     * @param code the data point's code
     * @return the number, also from a text that spells it; null if it is not a whole number or does not fit a long
     */
    public @Nullable Long getLong(String code) {
        return ReadValue.asLong(get(code));
    }

    /**
     * Returns a number: the raw one, before any scale of its specification is applied.
     *
     * @param code the data point's code
     * @return the exact number, also from a text that spells it; null if it is not a number of at most
     *     10,000 digits
     */
    public @Nullable BigDecimal getDecimal(String code) {
        return ReadValue.asDecimal(get(code));
    }

    /**
     * Returns a text.
     *
     * @param code the data point's code
     * @return the text; for any other value its JSON; null if there is no such data point
     */
    public @Nullable String getText(String code) {
        return ReadValue.asText(get(code));
    }

    /**
     * Returns the values with their meaning: real numbers with their units, the flags of a Bitmap, the objects in JSON
     * texts.
     *
     * @param mapping what the product's data points mean, from {@code getMapping} or {@code things().fullMapping}
     * @return a description for each data point, in order; a plain one for a data point that the mapping does not have
     */
    public List<DescribedValue> describe(DpMapping mapping) {
        Objects.requireNonNull(mapping, "mapping");
        return dataPoints.stream().map(dataPoint -> dataPoint.describe(mapping)).toList();
    }

    @Override
    public String toString() {
        return LogSafe.line("DeviceStatus[dataPoints={}]", dataPoints);
    }
}
