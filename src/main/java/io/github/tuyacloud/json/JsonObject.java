package io.github.tuyacloud.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as an unmodifiable map in document order, whose {@code toString} hides secrets.
 *
 * <p>Every JSON object from the cloud is an instance of this class, so no log line or assertion message shows tokens or
 * local keys. An instance takes 24 bytes plus 4 for each member; the names are shared.
 */
public final class JsonObject extends AbstractMap<String, @Nullable Object> {

    /** A response may repeat a token as its trace id; {@code CloudResponse} shows a redacted trace id. */
    private static final String TRACE_ID = "tid";

    static final JsonObject EMPTY = new JsonObject(MemberNames.NONE, new Object[0]);

    private final MemberNames names;
    private final @Nullable Object[] values;

    /** Takes ownership of the array, which has one value for each name. */
    JsonObject(MemberNames names, @Nullable Object[] owned) {
        this.names = names;
        this.values = owned;
    }

    /** Returns an object with two members, whose names must differ. */
    public static JsonObject of(String name, @Nullable Object value, String secondName, @Nullable Object secondValue) {
        return new JsonObject(
                new MemberNames(new String[] {name, secondName}), new @Nullable Object[] {value, secondValue});
    }

    /**
     * Copies a map; later changes to the map have no effect on the copy.
     *
     * @param source name to plain Java value
     * @return the copy; {@code source} itself if it is a {@code JsonObject} already
     */
    public static JsonObject copyOf(Map<String, ? extends @Nullable Object> source) {
        if (source instanceof JsonObject already) {
            return already;
        }
        if (source.isEmpty()) {
            return EMPTY;
        }
        int size = source.size();
        String[] names = new String[size];
        @Nullable Object[] values = new Object[size];
        int position = 0;
        for (Entry<String, ? extends @Nullable Object> entry : source.entrySet()) {
            names[position] = entry.getKey();
            values[position++] = entry.getValue();
        }
        return new JsonObject(new MemberNames(names), values);
    }

    /**
     * Returns a copy with one member changed; the copy shares its names with this object.
     *
     * @param name the member; added at the end if it is absent
     * @param value its value
     * @return the copy
     */
    public JsonObject with(String name, @Nullable Object value) {
        int position = names.indexOf(name);
        int size = position < 0 ? values.length + 1 : values.length;
        @Nullable Object[] copy = new Object[size];
        System.arraycopy(values, 0, copy, 0, values.length);
        copy[position < 0 ? values.length : position] = value;
        return new JsonObject(position < 0 ? names.plus(name) : names, copy);
    }

    /**
     * Returns an editor that changes several members with one copy.
     *
     * @return a new editor that starts with these members
     */
    public Editor edit() {
        return new Editor(this);
    }

    /** Changes several members of an object with one copy; not thread-safe. */
    public static final class Editor {

        private static final int SLACK = 8;

        private final JsonObject source;
        private MemberNames names;
        private @Nullable Object[] values;

        private Editor(JsonObject source) {
            this.source = source;
            this.names = source.names;
            this.values = source.values;
        }

        /**
         * Returns the current value of a member.
         *
         * @param name the member
         * @return the value, or null
         */
        public @Nullable Object get(String name) {
            int position = names.indexOf(name);
            return position < 0 ? null : values[position];
        }

        /**
         * Sets a member.
         *
         * @param name the member; added at the end if it is absent
         * @param value its value
         */
        public void set(String name, @Nullable Object value) {
            int position = names.indexOf(name);
            if (position >= 0 && Objects.equals(values[position], value)) {
                return;
            }
            int target = position < 0 ? names.size() : position;
            if (values == source.values || target == values.length) {
                values = Arrays.copyOf(values, names.size() + SLACK);
            }
            values[target] = value;
            names = position < 0 ? names.plus(name) : names;
        }

        /**
         * Returns the object with all changes.
         *
         * @return the object; the original if nothing has changed
         */
        public JsonObject toObject() {
            return values == source.values ? source : new JsonObject(names, Arrays.copyOf(values, names.size()));
        }
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        int position = names.indexOf(key);
        return position < 0 ? null : values[position];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return names.indexOf(key) >= 0;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
        for (int i = 0; i < values.length; i++) {
            action.accept(names.get(i), values[i]);
        }
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return new Entries();
    }

    /** Returns the members in order on one line; secrets are replaced by {@code ***}. */
    @Override
    public String toString() {
        return show(this);
    }

    /** Returns a plain Java value as one line of text, without secrets. */
    static String show(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        show(value, false, text, new ArrayDeque<>());
        return text.toString();
    }

    /** Appends to one builder at all depths, because concatenating at each depth would take quadratic time. */
    private static void show(@Nullable Object value, boolean secret, StringBuilder text, Deque<Object> path) {
        if (value instanceof Map || value instanceof Collection) {
            showContainer(value, secret, text, path);
        } else if (secret && !SecretNames.isHarmless(value)) {
            text.append(SecretNames.MASK);
        } else {
            text.append(LogSafe.of(value instanceof String string ? SecretNames.mask(string) : String.valueOf(value)));
        }
    }

    private static void showContainer(Object value, boolean secret, StringBuilder text, Deque<Object> path) {
        boolean mayContainItself = !(value instanceof JsonObject || value instanceof JsonList);
        if (mayContainItself && path.stream().anyMatch(outer -> outer == value)) {
            text.append("(itself)");
            return;
        }
        path.push(value);
        String separator = "";
        if (value instanceof Map<?, ?> map) {
            text.append('{');
            for (Entry<?, ?> member : map.entrySet()) {
                String name = String.valueOf(member.getKey());
                text.append(separator).append(LogSafe.of(name)).append('=');
                show(member.getValue(), secret || isSecret(name), text, path);
                separator = ", ";
            }
            text.append('}');
        } else {
            text.append('[');
            for (Object item : (Collection<?>) value) {
                text.append(separator);
                show(item, secret, text, path);
                separator = ", ";
            }
            text.append(']');
        }
        path.pop();
    }

    MemberNames names() {
        return names;
    }

    int indexOf(String name) {
        return names.indexOf(name);
    }

    String nameAt(int position) {
        return names.get(position);
    }

    @Nullable
    Object valueAt(int position) {
        return values[position];
    }

    private static boolean isSecret(String name) {
        return SecretNames.isSecret(name) || name.equalsIgnoreCase(TRACE_ID);
    }

    private final class Entries extends AbstractSet<Entry<String, @Nullable Object>> {

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public Iterator<Entry<String, @Nullable Object>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < values.length;
                }

                @Override
                public Entry<String, @Nullable Object> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return new SimpleImmutableEntry<>(names.get(next), values[next++]);
                }
            };
        }
    }
}
