package io.github.tuyacloud.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes typed values out of a JSON object and remembers which names were taken, so that the rest can be kept.
 *
 * <p>Never throws: a member of an unexpected type reads as absent and stays in {@link #extra()}.
 */
public final class JsonReader {

    private final Map<String, ? extends @Nullable Object> source;

    /** Names of the source, each once; a list, for among so few one is found in it sooner than hashed. */
    private final List<String> taken = new ArrayList<>();

    /**
     * Starts with all members untaken.
     *
     * @param source the JSON object
     */
    public JsonReader(Map<String, ? extends @Nullable Object> source) {
        this.source = source;
    }

    /**
     * Takes a text; numbers and booleans are given as their text.
     *
     * @param name the member
     * @return the text, or null when it is absent, null, an object or a list
     */
    public @Nullable String text(String name) {
        Object value = source.get(name);
        return take(name, value, JsonValues.text(value));
    }

    /**
     * Takes a boolean; the texts {@code true} and {@code false} and the numbers 1 and 0 count as such.
     *
     * @param name the member
     * @return the boolean, or null
     */
    public @Nullable Boolean flag(String name) {
        Object value = source.get(name);
        return take(name, value, JsonValues.flag(value));
    }

    /**
     * Takes a whole number; a text of digits counts as such.
     *
     * @param name the member
     * @return the number, or null
     */
    public @Nullable Long number(String name) {
        Object value = source.get(name);
        return take(name, value, JsonValues.wholeNumber(value));
    }

    /**
     * Takes a whole number that fits an int.
     *
     * @param name the member
     * @return the number, or null
     */
    public @Nullable Integer integer(String name) {
        Object value = source.get(name);
        Long number = JsonValues.wholeNumber(value);
        return take(name, value, number == null || number != number.intValue() ? null : number.intValue());
    }

    /**
     * Takes a value as it is.
     *
     * @param name the member
     * @return the plain Java value, or null
     */
    public @Nullable Object any(String name) {
        Object value = source.get(name);
        return take(name, value, value);
    }

    /**
     * Gives the members that were not taken, in order.
     *
     * @return an unmodifiable map, mostly empty
     */
    public Map<String, @Nullable Object> extra() {
        if (taken.size() == source.size()) {
            return JsonObject.copyOf(Map.of());
        }
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(source);
        taken.forEach(rest::remove);
        return JsonObject.copyOf(rest);
    }

    /** Notes a member as taken when it could be read, or is null. */
    private <T> @Nullable T take(String name, @Nullable Object value, @Nullable T read) {
        boolean took = value == null ? source.containsKey(name) : read != null;
        if (took && !taken.contains(name)) {
            taken.add(name);
        }
        return read;
    }
}
