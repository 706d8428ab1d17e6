package io.github.tuyacloud.model;

import io.github.tuyacloud.json.JsonValues;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the object that defines a data point's values; v1 specifications and the thing model use the same names. */
final class SpecValues {

    private static final int MAX_DIGITS = 100;

    private SpecValues() {}

    /** Returns a number without exponent, unless it would be very long. */
    static String plain(BigDecimal number) {
        return Math.abs((long) number.scale()) > MAX_DIGITS ? number.toString() : number.toPlainString();
    }

    static Optional<ValueRange> range(Map<String, @Nullable Object> values) {
        if (List.of("min", "max", "scale", "step", "unit").stream().noneMatch(values::containsKey)) {
            return Optional.empty();
        }
        Long scale = JsonValues.wholeNumber(values.get("scale"));
        return Optional.of(new ValueRange(
                bound(values.get("min")),
                bound(values.get("max")),
                bound(values.get("step")),
                scale == null || scale != scale.intValue() ? 0 : scale.intValue(),
                JsonValues.text(values.get("unit"))));
    }

    static List<String> enumRange(Map<String, @Nullable Object> values) {
        return list(values.get("range")).stream()
                .map(JsonValues::text)
                .filter(Objects::nonNull)
                .toList();
    }

    static List<String> bitmapLabels(Map<String, @Nullable Object> values) {
        List<String> labels = new ArrayList<>();
        for (Object item : list(values.get("label"))) {
            String label = JsonValues.text(item);
            // A missing label keeps its bit, so that later labels belong to the right bits.
            labels.add(label == null || label.isBlank() ? bitName(labels.size()) : label);
        }
        return List.copyOf(labels);
    }

    /** Returns the name of a bit without a label. */
    static String bitName(int bit) {
        return "bit " + bit;
    }

    static @Nullable Long maxLength(Map<String, @Nullable Object> values) {
        return JsonValues.wholeNumber(values.get("maxlen"));
    }

    /** Returns a number as a bound for comparisons; a number with millions of digits is ignored. */
    private static @Nullable BigDecimal bound(@Nullable Object value) {
        BigDecimal decimal = JsonValues.decimal(value);
        return decimal == null || Math.abs((long) decimal.scale()) > MAX_DIGITS ? null : decimal;
    }

    /** Returns a list, also from JSON text of one; empty if it is anything else. */
    private static List<?> list(@Nullable Object value) {
        Object read = value instanceof String text ? Values.parsedOrText(text) : value;
        return read instanceof List<?> items ? items : List.of();
    }
}
