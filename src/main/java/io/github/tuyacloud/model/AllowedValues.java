package io.github.tuyacloud.model;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.MalformedJsonException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that a data point's specification allows.
 *
 * <p>A value is rejected only if the specification rules it out. An incomplete or contradictory specification allows
 * everything.
 */
final class AllowedValues {

    private static final int MAX_QUOTE_LENGTH = 40;

    private final DataPointType type;

    /**
     * Whether an Enum numbers its values by an Integer range, as infrared remotes do: texts of digits count as numbers.
     */
    private final boolean isNumberedEnum;

    private final @Nullable ValueRange range;
    private final Set<String> choices;
    private final List<String> labels;
    private final @Nullable Long maxLength;

    AllowedValues(DataPointSpec spec) {
        Map<String, @Nullable Object> values = spec.valueMap();
        this.type = spec.dataType();
        this.isNumberedEnum = type == DataPointType.INTEGER && DataPointType.of(spec.type()) == DataPointType.ENUM;
        this.range = SpecValues.range(values).filter(ValueRange::isPossible).orElse(null);
        this.choices = new LinkedHashSet<>(SpecValues.enumRange(values));
        this.labels = SpecValues.bitmapLabels(values);
        Long length = SpecValues.maxLength(values);
        this.maxLength = length == null || length < 1 ? null : length;
    }

    /** Returns whether a command may set the data point to a value. */
    boolean accept(@Nullable Object given) {
        return hold(given)
                && (type != DataPointType.INTEGER
                        || range == null
                        || range.hasStepAt(decimal(JsonValues.normalize(given))));
    }

    /**
     * Returns whether a report may contain a value. Steps are ignored, because real devices report values between them.
     */
    boolean hold(@Nullable Object given) {
        Object value = JsonValues.normalize(given);
        return switch (type) {
            case BOOLEAN -> value instanceof Boolean;
            case INTEGER -> isWholeHere(value) && (range == null || range.holds(decimal(value)));
            case ENUM -> isChoice(value);
            case STRING -> value instanceof String text && (maxLength == null || length(text) <= maxLength);
            case JSON -> isObjectOrList(value);
            case RAW -> value instanceof String;
            case BITMAP -> isWhole(value) && holdsBits(decimal(value).toBigInteger());
            case OTHER -> true;
        };
    }

    /**
     * Returns whether the cloud reports a value for a data point that was never set: null, or an empty text if the type
     * does not allow one.
     */
    boolean isUnset(@Nullable Object value) {
        return value == null || "".equals(value) && type != DataPointType.STRING && !choices.contains("");
    }

    /** Returns a description of all allowed values, as a continuation of "takes". */
    String expectation() {
        return switch (type) {
            case BOOLEAN -> "true or false";
            case INTEGER -> "whole numbers" + (range == null ? "" : range.describe());
            case ENUM -> choices.isEmpty() ? "a text" : "one of " + String.join(", ", choices);
            case STRING -> "a text" + (maxLength == null ? "" : " of at most " + maxLength + " characters");
            case JSON -> "an object or a list, or either as JSON text";
            case RAW -> "bytes as text";
            case BITMAP ->
                "a whole number" + (labels.isEmpty() ? "" : " with one bit for each of " + String.join(", ", labels));
            case OTHER -> "anything";
        };
    }

    /** Returns a value for an error message. A text that could be a door code or a key is not quoted. */
    String show(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof Collection) {
            return "a list";
        }
        if (!(value instanceof String text)) {
            return "a " + value.getClass().getSimpleName();
        }
        boolean quotable = type != DataPointType.STRING && type != DataPointType.RAW && type != DataPointType.JSON;
        return quotable && text.length() <= MAX_QUOTE_LENGTH
                ? LogSafe.quote(text)
                : "a text of " + length(text) + " characters" + (type == DataPointType.JSON ? " that is neither" : "");
    }

    /**
     * Returns whether an Enum has the value. Some devices report and accept a choice as a number or boolean instead of
     * its text.
     */
    private boolean isChoice(@Nullable Object value) {
        if (value instanceof Boolean) {
            return choices.contains(value.toString());
        }
        return (value instanceof String || value instanceof Number)
                && (choices.isEmpty() || choices.contains(value.toString()));
    }

    private boolean isWholeHere(@Nullable Object value) {
        return isWhole(value) || isNumberedEnum && value instanceof String && JsonValues.wholeNumber(value) != null;
    }

    private boolean holdsBits(BigInteger value) {
        return value.signum() >= 0 && value.bitLength() <= bits();
    }

    private long bits() {
        long count = Math.max(labels.size(), maxLength == null ? 0 : maxLength);
        return count == 0 ? Long.MAX_VALUE : count;
    }

    /** Returns whether JSON represents the value as a whole number: true for 200, false for 200.0. */
    private static boolean isWhole(@Nullable Object value) {
        return value instanceof Long
                || value instanceof BigInteger && JsonValues.decimal(value) != null
                || value instanceof BigDecimal decimal && decimal.scale() == 0;
    }

    private static BigDecimal decimal(@Nullable Object whole) {
        return Objects.requireNonNull(JsonValues.decimal(whole));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isObjectOrList(@Nullable Object value) {
        try {
            String json = value instanceof String text ? text : Json.write(value);
            Object read = Json.read(json);
            return read instanceof Map || read instanceof List;
        } catch (MalformedJsonException | IllegalArgumentException e) {
            return false;
        }
    }
}
