package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The current values of a device's data points, as far as its standard instruction set shows them.
 *
 * <p>The typed getters give null both when there is no such data point and when its value is not of that type;
 * {@link #get} always shows the value as it is.
 *
 * @param dataPoints in the cloud's order
 */
public record DeviceStatus(List<DataPoint> dataPoints) {

    /** Copies the list. */
    public DeviceStatus {
        dataPoints = List.copyOf(dataPoints);
    }

    /**
     * Reads a status from its JSON list.
     *
     * @param json {@code [{"code":"switch_1","value":true}]}
     * @return the status
     * @throws IllegalArgumentException if an item is no object
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DeviceStatus fromList(List<?> json) {
        return new DeviceStatus(Values.objects(json, DataPoint::fromMap));
    }

    /**
     * Looks a value up.
     *
     * @param code the data point's code, such as {@code switch_1}
     * @return the plain Java value, or null when there is no such data point
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
     * Looks a boolean up.
     *
     * @param code the data point's code
     * @return the boolean, also from the texts {@code true} and {@code false}; else null
     */
    public @Nullable Boolean getBoolean(String code) {
        return JsonValues.flag(get(code));
    }

    /**
     * Looks a whole number up: the raw one, before any scale of its specification is applied.
     *
     * @param code the data point's code
     * @return the number, also from a text that spells it; null when it is none or does not fit a long
     */
    public @Nullable Long getLong(String code) {
        return JsonValues.wholeNumber(get(code));
    }

    /**
     * Looks a number up: the raw one, before any scale of its specification is applied.
     *
     * @param code the data point's code
     * @return the exact number, also from a text that spells it; null when it is none
     */
    public @Nullable BigDecimal getDecimal(String code) {
        return JsonValues.decimal(get(code));
    }

    /**
     * Looks a text up.
     *
     * @param code the data point's code
     * @return the text; of any other value its JSON; null when there is no such data point
     */
    public @Nullable String getText(String code) {
        Object value = get(code);
        return value instanceof Map || value instanceof List ? Json.write(value) : JsonValues.text(value);
    }

    /**
     * Says what the values mean: real numbers with their units, the flags of a Bitmap, what Json texts spell.
     *
     * @param mapping what the product's data points mean, from {@code getMapping} or {@code things().fullMapping}
     * @return a description for each data point, in order; one that the mapping does not know is described plainly
     */
    public List<DescribedValue> describe(DpMapping mapping) {
        Objects.requireNonNull(mapping, "mapping");
        return dataPoints.stream().map(dataPoint -> dataPoint.describe(mapping)).toList();
    }
}
