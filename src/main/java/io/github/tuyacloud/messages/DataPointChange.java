package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.LogSafe;
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
 * @param code the data point's code, such as {@code switch_1}; null only if the cloud omitted it
 * @param dpId the number used on the local network; null if the cloud omitted it
 * @param value a plain Java value; null if absent
 * @param time when the device reported it; null if the cloud omitted it
 * @param extra other members of the message, usually empty
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
     * Returns the value with its meaning.
     *
     * @param mapping what the product's data points mean, from {@code getMapping} or {@code things().fullMapping}
     * @return the description, looked up by code or else by DP id; a plain one if the mapping has neither
     */
    public DescribedValue describe(DpMapping mapping) {
        return dataPoint().describe(mapping);
    }

    /**
     * Returns whether the value is true.
     *
     * @return true for true, the text {@code true} and 1; false for any other value and for none
     */
    public boolean isTrue() {
        return dataPoint().isTrue();
    }

    /**
     * Returns the value as a whole number: the raw one, before any scale of its specification is applied.
     *
     * @return the number, also from a text of digits; null if there is no value, or it is not whole or does not fit a
     *     long
     */
    public @Nullable Long asLong() {
        return dataPoint().asLong();
    }

    /**
     * Returns the value as a number: the raw one, before any scale of its specification is applied.
     *
     * @return the exact number, also from a text that spells it; null if there is no value, or it is
     *     not a number of at most 10,000 digits
     */
    public @Nullable BigDecimal asDecimal() {
        return dataPoint().asDecimal();
    }

    /**
     * Returns the value as text.
     *
     * @return the text; for any other value its JSON; null if there is no value
     */
    public @Nullable String asText() {
        return dataPoint().asText();
    }

    private DataPoint dataPoint() {
        return new DataPoint(code, dpId, value, Map.of());
    }

    /** Returns which data point changed and when, without its value. */
    @Override
    public String toString() {
        return LogSafe.line("DataPointChange[code={}, dpId={}, time={}]", code, dpId, time);
    }
}
