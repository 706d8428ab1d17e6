package io.github.tuyacloud.model;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.SecretNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of a data point with its meaning, from {@code describe} of {@link DeviceStatus}, {@link DataPoint} and
 * {@link LogEntry}.
 *
 * @param code the data point's code; null only if the cloud omitted it
 * @param value the value as the cloud sent it; numbers are raw; null if absent
 * @param spec what the mapping says about the data point; null if it does not have the data point
 * @param number the exact real number of an Integer: raw / 10<sup>scale</sup>; the unconverted number for a data point
 *     that is not in the mapping; otherwise null
 * @param unit the unit of {@code number}, or null
 * @param labels the labels of the flags that are set in a Bitmap, with {@code bit 5} if bit 5 has no label; otherwise
 *     empty
 * @param decoded the object or list of a Json value, even if the cloud sent it as text; otherwise null
 * @param fits whether the mapping allows the value: it has the right type, is in range (steps are ignored, because
 *     devices report values between them), or is one of an Enum's texts. Also true if the mapping does not say, or if
 *     there is no value, for which the cloud sends an empty text in most types. Devices do report values that their
 *     product does not declare
 */
public record DescribedValue(
        @Nullable String code,
        @Nullable Object value,
        @Nullable DataPointSpec spec,
        @Nullable BigDecimal number,
        @Nullable String unit,
        List<String> labels,
        @Nullable Object decoded,
        boolean fits) {

    /** The largest number of bits in a Bitmap. */
    private static final int MAX_BITS = 256;

    /** Copies the list. */
    public DescribedValue {
        labels = List.copyOf(labels);
    }

    /** Describes a data point, which is looked up in the mapping by its code, then by its DP id. */
    static DescribedValue of(DataPoint dataPoint, DpMapping mapping) {
        String code = dataPoint.code();
        Object value = dataPoint.value();
        DataPointMeaning meaning = mapping.meaning(code, dataPoint.dpId());
        if (meaning != null) {
            return meaning.describe(code, value);
        }
        BigDecimal number = value instanceof Number ? JsonValues.decimal(value) : null;
        return new DescribedValue(code, value, null, number, null, List.of(), null, true);
    }

    /**
     * Returns the data point's number on the local network.
     *
     * @return the DP id, or null if the mapping does not have it
     */
    public @Nullable Integer dpId() {
        return spec == null ? null : spec.dpId();
    }

    /**
     * Returns the value as text for display.
     *
     * @return for example {@code 223.0 V}, {@code true}, {@code white}; for a Bitmap, {@code over_current, over_heat}
     *     or {@code none}; compact JSON for Json; {@code no value} if absent
     */
    public String text() {
        if (value == null || "".equals(value) && spec != null && new AllowedValues(spec).isUnset(value)) {
            return "no value";
        }
        if (number != null) {
            return SpecValues.plain(number) + (unit == null ? "" : " " + unit);
        }
        if (spec != null && DataPointType.of(spec.type()) == DataPointType.BITMAP && isBits(value)) {
            return labels.isEmpty() ? "none" : String.join(", ", labels);
        }
        Object shown = decoded == null ? value : decoded;
        return shown instanceof Map || shown instanceof List ? Json.write(shown) : shown.toString();
    }

    /**
     * Returns the code, the DP id and {@link #text()}, with a note if the value does not fit:
     * {@code cur_voltage (20): 223.0 V}.
     */
    @Override
    public String toString() {
        String id = dpId() == null ? "" : " (" + dpId() + ")";
        return LogSafe.of(code + id + ": " + SecretNames.shown(code, text())
                + (fits ? "" : " - not among the values of the mapping"));
    }

    static boolean isBits(@Nullable Object value) {
        Object read = DataPointType.BITMAP.read(value);
        return read instanceof Long bits && bits >= 0
                || read instanceof BigInteger big && big.signum() > 0 && big.bitLength() <= MAX_BITS;
    }
}
