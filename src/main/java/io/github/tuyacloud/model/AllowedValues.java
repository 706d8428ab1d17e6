package io.github.tuyacloud.model;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which values a data point takes by its specification.
 *
 * <p>It refuses only what the specification surely rules out; where that is silent or makes no sense, everything goes.
 */
final class AllowedValues {

    private static final int LONGEST_QUOTE = 40;

    private final DataPointType type;
    private final @Nullable ValueRange range;
    private final List<String> choices;
    private final List<String> labels;
    private final @Nullable Long maxLength;

    AllowedValues(DataPointSpec spec) {
        Map<String, @Nullable Object> values = spec.valueMap();
        this.type = DataPointType.of(spec.type());
        this.range = SpecValues.range(values).filter(ValueRange::isPossible).orElse(null);
        this.choices = SpecValues.enumRange(values);
        this.labels = SpecValues.bitmapLabels(values);
        Long length = SpecValues.maxLength(values);
        this.maxLength = length == null || length < 1 ? null : length;
    }

    /** Whether a command may set it to a value. */
    boolean accept(@Nullable Object given) {
        return hold(given)
                && (type != DataPointType.INTEGER
                        || range == null
                        || range.hasStepAt(decimal(JsonValues.normalize(given))));
    }

    /** Whether a report may carry a value: steps bind commands only, real devices report what lies between them. */
    boolean hold(@Nullable Object given) {
        Object value = JsonValues.normalize(given);
        return switch (type) {
            case BOOLEAN -> value instanceof Boolean;
            case INTEGER -> isWhole(value) && (range == null || range.holds(decimal(value)));
            case ENUM -> value instanceof String text && (choices.isEmpty() || choices.contains(text));
            case STRING -> value instanceof String text && (maxLength == null || length(text) <= maxLength);
            case JSON -> isObjectOrList(value);
            case RAW -> value instanceof String;
            case BITMAP -> isWhole(value) && holdsBits(decimal(value).toBigInteger());
            case OTHER -> true;
        };
    }

    /** All of them, in words that go on after "takes". */
    String expectation() {
        return switch (type) {
            case BOOLEAN -> "true or false";
            case INTEGER -> "whole numbers" + (range == null ? "" : range.describe());
            case ENUM -> choices.isEmpty() ? "a text" : "one of " + String.join(", ", choices);
            case STRING -> "a text" + (maxLength == null ? "" : " of at most " + maxLength + " characters");
            case JSON -> "an object or a list, or either as JSON text";
            case RAW -> "bytes as a text";
            case BITMAP ->
                "a whole number" + (labels.isEmpty() ? "" : " with one bit for each of " + String.join(", ", labels));
            case OTHER -> "anything";
        };
    }

    /** A value in an error message: what could be a door code or a key is not quoted. */
    String show(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (!(value instanceof String text)) {
            return "a " + value.getClass().getSimpleName();
        }
        boolean quotable = type != DataPointType.STRING && type != DataPointType.RAW && type != DataPointType.JSON;
        return quotable && text.length() <= LONGEST_QUOTE
                ? '"' + text.replaceAll("\\p{Cntrl}", "\uFFFD") + '"'
                : "a text of " + length(text) + " characters" + (type == DataPointType.JSON ? " that is neither" : "");
    }

    private boolean holdsBits(BigInteger value) {
        return value.signum() >= 0 && value.bitLength() <= bits();
    }

    private long bits() {
        long most = Math.max(labels.size(), maxLength == null ? 0 : maxLength);
        return most == 0 ? Long.MAX_VALUE : most;
    }

    /** Whether it stands in JSON as a whole number: 200 does, 200.0 does not. */
    private static boolean isWhole(@Nullable Object value) {
        return value instanceof Long
                || value instanceof BigInteger
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
