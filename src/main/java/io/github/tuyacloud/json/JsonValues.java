package io.github.tuyacloud.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts plain Java values to specific types; null if a value is not of that type. */
public final class JsonValues {

    /**
     * A number with more digits before or after the decimal point is not a measurement, and arithmetic on one such as
     * {@code 1e2147483647} could exhaust the memory.
     */
    private static final int MAX_DIGITS = 10_000;

    private static final int MAX_BITS = 33_220;

    /** Smaller numbers are taken as seconds: as milliseconds they would be before 1974. */
    private static final long FIRST_PLAUSIBLE_MILLIS = 100_000_000_000L;

    private JsonValues() {}

    /**
     * Reads a string.
     *
     * @param value any plain Java value
     * @return a string, number or boolean as a string; null for null, objects and lists
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
     * @return the boolean; true or false for the strings {@code true} and {@code false} and the numbers 1 and 0; else
     *     null
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
     * @return the number, or the number in a string; null for anything else, or if it has more than 10,000 digits
     */
    public static @Nullable BigDecimal decimal(@Nullable Object value) {
        BigDecimal decimal = anyDecimal(value);
        return decimal == null || Math.abs((long) decimal.scale()) > MAX_DIGITS ? null : decimal;
    }

    private static @Nullable BigDecimal anyDecimal(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        if (value instanceof BigInteger big) {
            return big.bitLength() > MAX_BITS ? null : new BigDecimal(big);
        }
        if (value instanceof Number || (value instanceof String text && isNumeric(text))) {
            String spelled = value.toString();
            try {
                return spelled.length() > MAX_DIGITS ? null : new BigDecimal(spelled);
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
     * @return the number, or the number in a string; a fraction such as {@code 5.0} is accepted; else null
     */
    public static @Nullable Long wholeNumber(@Nullable Object value) {
        if (value instanceof Long whole) {
            return whole;
        }
        BigDecimal decimal = decimal(value);
        try {
            return decimal == null ? null : (Long) decimal.longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /**
     * Reads a Unix time in seconds or milliseconds, whichever is plausible.
     *
     * @param time the time, or null
     * @return the instant; null for null, for 0 and negative numbers, because the cloud sends 0 for an unknown time,
     *     and for numbers too large for an instant
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
     * Returns the JSON objects in a list. Other items are skipped: one odd item must not cost the whole list.
     *
     * @param list a list of plain Java values
     * @return its objects, in order
     * @throws IllegalArgumentException if it has items other than null, but no object
     */
    public static List<Map<String, @Nullable Object>> objects(List<?> list) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>(list.size());
        for (Object item : list) {
            Map<String, @Nullable Object> object = object(item);
            if (object != null) {
                objects.add(object);
            }
        }
        if (objects.isEmpty() && list.stream().anyMatch(Objects::nonNull)) {
            throw new IllegalArgumentException("a list has an item that is not an object");
        }
        return Collections.unmodifiableList(objects);
    }

    /**
     * Converts a value to the types of parsed JSON: {@code Long}, {@code BigInteger}, {@code BigDecimal}, and
     * unmodifiable maps and lists.
     *
     * @param value a value made of maps, lists, strings, numbers and booleans
     * @return the plain value: a copy of maps and lists, unless they are plain already; any other object unchanged
     * @throws IllegalArgumentException if the value is nested too deeply, for example because it contains itself, or is
     *     too large
     */
    public static @Nullable Object normalize(@Nullable Object value) {
        return value instanceof Map || value instanceof List ? new ValueWalker().plain(value, 0) : plainScalar(value);
    }

    /** Returns the plain form of a value that is neither a map nor a list. */
    static @Nullable Object plainScalar(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof Float || value instanceof Double ? decimal(value) : value;
    }

    /**
     * Returns whether JSON can represent all numbers in a value. It cannot represent NaN or infinity.
     *
     * @param value a value made of maps, lists, strings, numbers and booleans
     * @return false if one of its numbers is NaN or infinite
     * @throws IllegalArgumentException if the value is nested too deeply, for example because it contains itself, or is
     *     too large
     */
    public static boolean isFinite(@Nullable Object value) {
        return new ValueWalker().isFinite(value);
    }

    private static boolean isNumeric(String text) {
        return !text.isEmpty() && text.length() <= 64 && "+-.0123456789".indexOf(text.charAt(0)) >= 0;
    }
}
