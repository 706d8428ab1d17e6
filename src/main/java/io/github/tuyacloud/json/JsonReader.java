package io.github.tuyacloud.json;

import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values from a JSON object and remembers which members were read, so that the rest can be kept.
 *
 * <p>Never throws: a member of an unexpected type reads as absent and stays in {@link #extra()}.
 */
public final class JsonReader {

    private static final int MAX_IN_LONG = Long.SIZE;

    private final JsonObject source;

    /**
     * The positions of the members that were read: bits of a long, or a set for an object with more than 64 members.
     */
    private long taken;

    private @Nullable BitSet takenInLarge;

    /**
     * Creates a reader.
     *
     * @param source the JSON object
     */
    public JsonReader(Map<String, ? extends @Nullable Object> source) {
        this.source = JsonObject.copyOf(source);
    }

    /**
     * Reads a string. Numbers and booleans are converted to strings.
     *
     * @param name the member
     * @return the string, or null if the member is absent, null, an object or a list
     */
    public @Nullable String text(String name) {
        int position = source.indexOf(name);
        return position < 0 ? null : take(position, JsonValues.text(source.valueAt(position)));
    }

    /**
     * Reads a boolean. The strings {@code true} and {@code false} and the numbers 1 and 0 are accepted.
     *
     * @param name the member
     * @return the boolean, or null
     */
    public @Nullable Boolean flag(String name) {
        int position = source.indexOf(name);
        return position < 0 ? null : take(position, JsonValues.flag(source.valueAt(position)));
    }

    /**
     * Reads a whole number. A string of digits is accepted.
     *
     * @param name the member
     * @return the number, or null
     */
    public @Nullable Long number(String name) {
        int position = source.indexOf(name);
        return position < 0 ? null : take(position, JsonValues.wholeNumber(source.valueAt(position)));
    }

    /**
     * Reads a whole number that fits an int.
     *
     * @param name the member
     * @return the number, or null
     */
    public @Nullable Integer integer(String name) {
        int position = source.indexOf(name);
        Long number = position < 0 ? null : JsonValues.wholeNumber(source.valueAt(position));
        Integer fitting = number != null && number == number.intValue() ? (Integer) number.intValue() : null;
        return position < 0 ? null : take(position, fitting);
    }

    /**
     * Reads a Unix time in seconds or milliseconds; 0 and negative numbers are read as absent.
     *
     * @param name the member
     * @return the time, or null
     */
    public @Nullable Instant time(String name) {
        return JsonValues.instant(number(name));
    }

    /**
     * Reads an object.
     *
     * @param name the member
     * @return the object, or null
     */
    public @Nullable Map<String, @Nullable Object> object(String name) {
        int position = source.indexOf(name);
        return position < 0 ? null : take(position, JsonValues.object(source.valueAt(position)));
    }

    /**
     * Reads a value with the caller's function.
     *
     * @param name the member
     * @param reader converts the plain Java value, or returns null if it cannot
     * @param <T> the type of the result
     * @return the result; null if the member is absent
     */
    public <T> @Nullable T read(String name, Function<@Nullable Object, @Nullable T> reader) {
        int position = source.indexOf(name);
        return position < 0 ? null : take(position, reader.apply(source.valueAt(position)));
    }

    /**
     * Reads a value without conversion.
     *
     * @param name the member
     * @return the plain Java value, or null
     */
    public @Nullable Object any(String name) {
        int position = source.indexOf(name);
        return position < 0 ? null : take(position, source.valueAt(position));
    }

    /**
     * Returns the members that were not read, in order.
     *
     * @return an unmodifiable map, usually empty
     */
    public Map<String, @Nullable Object> extra() {
        int count = takenInLarge == null ? Long.bitCount(taken) : takenInLarge.cardinality();
        if (count == source.size()) {
            return JsonObject.EMPTY;
        }
        if (count == 0) {
            return source;
        }
        String[] names = new String[source.size() - count];
        @Nullable Object[] values = new Object[names.length];
        int rest = 0;
        for (int i = 0; i < source.size(); i++) {
            if (!isTaken(i)) {
                names[rest] = source.nameAt(i);
                values[rest++] = source.valueAt(i);
            }
        }
        return new JsonObject(new MemberNames(names), values);
    }

    /** Marks a member as read if it was readable or null. */
    private <T> @Nullable T take(int position, @Nullable T read) {
        if (read != null || source.valueAt(position) == null) {
            if (source.size() <= MAX_IN_LONG) {
                taken |= 1L << position;
            } else {
                takenInLarge = takenInLarge == null ? new BitSet() : takenInLarge;
                takenInLarge.set(position);
            }
        }
        return read;
    }

    private boolean isTaken(int position) {
        return takenInLarge == null ? (taken >>> position & 1) == 1 : takenInLarge.get(position);
    }
}
