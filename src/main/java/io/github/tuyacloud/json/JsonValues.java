package io.github.tuyacloud.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one plain Java value as the type that a caller wants; null if it is not of that type. */
public final class JsonValues {

    /** A number with more digits before or after the point is not a measurement, and would take much memory as text. */
    private static final int MAX_SCALE = 10_000;

    /** A smaller number is a time in seconds: in milliseconds it would be before 1974. */
    private static final long FIRST_PLAUSIBLE_MILLIS = 100_000_000_000L;

    private JsonValues() {}

    /**
     * Reads a text.
     *
     * @param value any plain Java value
     * @return a text, number or boolean as text; null for null, objects and lists
     */
    public static @Nullable String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        return value == null || value instanceof Map || value instanceof List ? null : value.toString();
    }

    /**
     * Reads a boolean.
     *
     * @param value any plain Java value
     * @return the boolean, also from the texts {@code true} and {@code false} and the numbers 1 and 0; else null
     */
    public static @Nullable Boolean flag(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        return switch (String.valueOf(text(value))) {
            case "true", "1" -> Boolean.TRUE;
            case "false", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    /**
     * Reads a number.
     *
     * @param value any plain Java value
     * @return the number, also from a text that spells one; else null
     */
    public static @Nullable BigDecimal decimal(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        if (value instanceof BigInteger big) {
            return new BigDecimal(big);
        }
        if (value instanceof Number || (value instanceof String text && isNumeric(text))) {
            try {
                return new BigDecimal(value.toString());
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }

    /**
     * Reads a whole number that fits a long.
     *
     * @param value any plain Java value
     * @return the number, also from a text that spells one or a fraction such as {@code 5.0}; else null
     */
    public static @Nullable Long wholeNumber(@Nullable Object value) {
        if (value instanceof Long whole) {
            return whole;
        }
        BigDecimal decimal = decimal(value);
        if (decimal == null || Math.abs((long) decimal.scale()) > MAX_SCALE) {
            return null;
        }
        try {
            return decimal.longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /**
     * Reads a Unix time in seconds or milliseconds, whichever is plausible.
     *
     * @param time the time, or null
     * @return the instant; null for null, for 0 and less, which the cloud sends for an unknown time, and for a number
     *     that no instant can hold
     */
    public static @Nullable Instant instant(@Nullable Long time) {
        if (time == null || time <= 0) {
            return null;
        }
        try {
            return time < FIRST_PLAUSIBLE_MILLIS ? Instant.ofEpochSecond(time) : Instant.ofEpochMilli(time);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * Reads a JSON object.
     *
     * @param value any plain Java value
     * @return the object, or null if it is something else
     */
    public static @Nullable Map<String, @Nullable Object> object(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        return value instanceof Map && normalize(value) instanceof JsonObject object ? object : null;
    }

    /**
     * Converts a value to the plain form of parsed JSON: long, big or decimal numbers, and unmodifiable maps and lists.
     *
     * @param value anything made of maps, lists, texts, numbers and booleans
     * @return the plain value: a copy of maps and lists, unless they have that form already; any other object unchanged
     */
    public static @Nullable Object normalize(@Nullable Object value) {
        if (value instanceof JsonObject || value instanceof JsonList) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(String.valueOf(name), normalize(member)));
            return JsonObject.copyOf(members);
        }
        if (value instanceof List<?> list) {
            return new JsonList(list.stream().map(JsonValues::normalize).toArray());
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof Float || value instanceof Double ? decimal(value) : value;
    }

    /**
     * Returns whether JSON can represent all numbers in a value. It cannot represent NaN and the infinities.
     *
     * @param value anything made of maps, lists, texts, numbers and booleans
     * @return false if one of its numbers is NaN or infinite
     */
    public static boolean isFinite(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(JsonValues::isFinite);
        }
        if (value instanceof Collection<?> items) {
            return items.stream().allMatch(JsonValues::isFinite);
        }
        if (value instanceof Object[] items) {
            return Arrays.stream(items).allMatch(JsonValues::isFinite);
        }
        return !(value instanceof Double || value instanceof Float) || Double.isFinite(((Number) value).doubleValue());
    }

    private static boolean isNumeric(String text) {
        return !text.isEmpty() && text.length() <= 64 && "+-.0123456789".indexOf(text.charAt(0)) >= 0;
    }
}
