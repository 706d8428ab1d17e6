package io.github.tuyacloud.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks a caller's value of maps, lists and arrays, and rejects one that contains itself or the same parts over and
 * over. Without these limits, such a value would exhaust the stack or the memory.
 *
 * <p>Each instance walks one value. Beans are not walked, because their getters are the caller's code.
 */
final class ValueWalker {

    /** The same limit as for JSON that the library reads. */
    static final int MAX_DEPTH = 200;

    private static final int MAX_PARTS = 1_500_000;

    private static final long MAX_CHARACTERS = 64 * 1024 * 1024;

    private int parts;
    private long characters;

    /**
     * Returns whether JSON can represent all numbers in a value.
     *
     * @return false if one of its numbers is NaN or infinite
     * @throws IllegalArgumentException if the value is nested too deeply or is too large
     */
    boolean isFinite(@Nullable Object value) {
        return isFinite(value, 0);
    }

    /**
     * Like {@link #isFinite(Object)}, for a part of the value.
     *
     * @param depth the number of maps and lists around the part
     */
    boolean isFinite(@Nullable Object value, int depth) {
        count(value, depth);
        boolean finite = true;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> member : map.entrySet()) {
                name(member.getKey());
                finite &= isFinite(member.getValue(), depth + 1);
            }
        } else if (value instanceof Collection<?> items) {
            for (Object item : items) {
                finite &= isFinite(item, depth + 1);
            }
        } else if (value instanceof Object[] items) {
            for (Object item : items) {
                finite &= isFinite(item, depth + 1);
            }
        } else if (value instanceof Double || value instanceof Float) {
            finite = Double.isFinite(((Number) value).doubleValue());
        }
        return finite;
    }

    /** Returns the plain form of a value, as {@link JsonValues#normalize} describes it. */
    @Nullable
    Object plain(@Nullable Object value, int depth) {
        count(value, depth);
        if (value instanceof JsonObject || value instanceof JsonList) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                members.put(name(member.getKey()), plain(member.getValue(), depth + 1));
            }
            return JsonObject.copyOf(members);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Object item : list) {
                items.add(plain(item, depth + 1));
            }
            return new JsonList(items.toArray());
        }
        return JsonValues.plainScalar(value);
    }

    /** Counts one part. Throws if a limit is exceeded. */
    void count(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "A value is nested more than " + MAX_DEPTH + " levels deep: does it contain itself?");
        }
        if (++parts > MAX_PARTS) {
            throw new IllegalArgumentException(
                    "A value has more than " + MAX_PARTS + " parts: does it contain the same parts many times?");
        }
        if (value instanceof CharSequence text && (characters += text.length()) > MAX_CHARACTERS) {
            throw new IllegalArgumentException("A value has more than " + MAX_CHARACTERS + " characters of text");
        }
    }

    private String name(@Nullable Object name) {
        if (name instanceof Map || name instanceof Collection) {
            throw new IllegalArgumentException("The keys of a map must be strings, not maps or collections");
        }
        count(name, 0);
        return String.valueOf(name);
    }
}
