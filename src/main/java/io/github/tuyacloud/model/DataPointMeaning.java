package io.github.tuyacloud.model;

import io.github.tuyacloud.json.JsonValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a mapping says about a data point, parsed once for all its values. */
final class DataPointMeaning {

    private final DataPointSpec spec;
    private final DataPointType type;
    private final AllowedValues allowed;
    private final @Nullable ValueRange range;
    private final List<String> labels;

    DataPointMeaning(DataPointSpec spec) {
        this.spec = spec;
        this.type = spec.dataType();
        this.allowed = new AllowedValues(spec);
        this.range = spec.valueRange().orElse(null);
        this.labels = spec.bitmapLabels();
    }

    DescribedValue describe(@Nullable String code, @Nullable Object value) {
        Object read = type.read(value);
        BigDecimal number = isNumber(value) ? real(JsonValues.decimal(value)) : null;
        return new DescribedValue(
                code,
                value,
                spec,
                number,
                number == null ? null : unit(),
                type == DataPointType.BITMAP ? flags(read) : List.of(),
                type == DataPointType.JSON ? decode(value) : null,
                allowed.isUnset(value) || allowed.hold(read));
    }

    private boolean isNumber(@Nullable Object value) {
        return type == DataPointType.INTEGER || type == DataPointType.OTHER && value instanceof Number;
    }

    private @Nullable BigDecimal real(@Nullable BigDecimal raw) {
        return raw == null || range == null ? raw : range.toReal(raw);
    }

    private @Nullable String unit() {
        return range == null || range.unit() == null || range.unit().isBlank()
                ? null
                : range.unit().strip();
    }

    private List<String> flags(@Nullable Object value) {
        List<String> flags = new ArrayList<>();
        if (DescribedValue.isBits(value)) {
            BigInteger bits = new BigInteger(String.valueOf(value));
            for (int i = 0; i < bits.bitLength(); i++) {
                if (bits.testBit(i)) {
                    flags.add(i < labels.size() ? labels.get(i) : SpecValues.bitName(i));
                }
            }
        }
        return flags;
    }

    private static @Nullable Object decode(@Nullable Object value) {
        Object read = value instanceof String text ? Values.parsedOrText(text) : value;
        return read instanceof Map || read instanceof List ? read : null;
    }
}
