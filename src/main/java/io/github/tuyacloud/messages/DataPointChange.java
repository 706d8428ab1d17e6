package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.DescribedValue;
import io.github.tuyacloud.model.DpMapping;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A new value of one data point, from a live message.
 *
 * @param code the data point's code, such as {@code switch_1}; null only if the cloud left it out
 * @param dpId the number that the device itself knows the data point by; null if the cloud left it out
 * @param value a plain Java value; null if the cloud sent none
 * @param time when the device reported it; null if the cloud left it out
 * @param extra members without a component of their own, usually empty
 */
public record DataPointChange(
        @Nullable String code,
        @Nullable Integer dpId,
        @Nullable Object value,
        @Nullable Instant time,
        Map<String, @Nullable Object> extra) {

    /** Copies the extra members. */
    public DataPointChange {
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Returns what the value means.
     *
     * @param mapping the meaning of the product's data points, from {@code getMapping} or {@code things().fullMapping}
     * @return the description, looked up by code, else by dp id; a plain one if the mapping has neither
     */
    public DescribedValue describe(DpMapping mapping) {
        return new DataPoint(code, dpId, value, Map.of()).describe(mapping);
    }

    /**
     * Returns whether the value is true.
     *
     * @return false also if there is no value or it is not a boolean
     */
    public boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    /**
     * Returns the value as a whole number.
     *
     * @return the number, raw, or null if there is no value or it is not a whole number
     */
    public @Nullable Long asLong() {
        return value instanceof Number ? JsonValues.wholeNumber(value) : null;
    }

    /**
     * Returns the value as a number.
     *
     * @return the number, raw, or null if there is no value or it is not a number
     */
    public @Nullable BigDecimal asDecimal() {
        return value instanceof Number ? JsonValues.decimal(value) : null;
    }

    /**
     * Returns the value as text.
     *
     * @return the text, or null if there is no value or it is not a text
     */
    public @Nullable String asText() {
        return value instanceof String text ? text : null;
    }

    /** Returns which data point changed and when, without its value. */
    @Override
    public String toString() {
        return "DataPointChange[code=" + code + ", dpId=" + dpId + ", time=" + time + "]";
    }
}
