package io.github.tuyacloud.json;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as an unmodifiable map in the text's order, whose {@code toString} leaves secrets out.
 *
 * <p>Whatever the cloud says ends up in one of these, so that a log line or an assertion message that prints an answer
 * shows neither tokens nor local keys.
 */
public final class JsonObject extends AbstractMap<String, @Nullable Object> {

    private static final Set<String> SECRETS = Set.of(
            "key",
            "local_key",
            "localkey",
            "access_token",
            "refresh_token",
            "token",
            "secret",
            "apisecret",
            "password",
            "ticket_key",
            "sign");

    /** For all that have no members; a map of the kind that can be asked for null. */
    static final JsonObject EMPTY = new JsonObject(Collections.emptyMap());

    private final Map<String, ? extends @Nullable Object> members;

    /** A name whose value is a secret here, whatever it is elsewhere. */
    private final @Nullable String hidden;

    /** Takes ownership of the map: the caller must not change it afterwards. */
    JsonObject(Map<String, ? extends @Nullable Object> owned) {
        this(owned, null);
    }

    private JsonObject(Map<String, ? extends @Nullable Object> owned, @Nullable String hidden) {
        this.members = owned;
        this.hidden = hidden;
    }

    /**
     * Gives an object with the same members, of which {@code toString} leaves one more out.
     *
     * @param name whose value is not to be shown
     * @param source the object
     * @return the object, equal to {@code source}
     */
    public static JsonObject hiding(String name, Map<String, ? extends @Nullable Object> source) {
        return new JsonObject(copyOf(source).members, name);
    }

    /**
     * Copies a map that was made from an object, and hides what that one hides.
     *
     * @param source the map
     * @param origin what it was made from
     * @return the copy
     */
    public static JsonObject copyOf(
            Map<String, ? extends @Nullable Object> source, Map<String, ? extends @Nullable Object> origin) {
        return origin instanceof JsonObject object && object.hidden != null
                ? hiding(object.hidden, source)
                : copyOf(source);
    }

    /**
     * Says whether a name's value is left out by {@link #hiding}.
     *
     * @param name the name
     * @return true if it is not to be shown
     */
    public boolean hides(String name) {
        return name.equals(hidden);
    }

    /**
     * Copies a map, so that later changes to it are not seen here.
     *
     * @param source name to plain Java value
     * @return the copy; {@code source} itself when it is a {@code JsonObject} already
     */
    public static JsonObject copyOf(Map<String, ? extends @Nullable Object> source) {
        if (source instanceof JsonObject already) {
            return already;
        }
        return source.isEmpty() ? EMPTY : new JsonObject(new LinkedHashMap<>(source));
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return members.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return members.containsKey(key);
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return Collections.<String, @Nullable Object>unmodifiableMap(members).entrySet();
    }

    /** The members in order, with the values of names that stand for secrets replaced by {@code ***}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        members.forEach((name, value) -> {
            text.append(text.length() > 1 ? ", " : "").append(name).append('=');
            text.append(hides(name) || isSecret(name, value) ? "***" : value);
        });
        return text.append('}').toString();
    }

    private static boolean isSecret(String name, @Nullable Object value) {
        return !(value == null || value instanceof Map || value instanceof List || "".equals(value))
                && SECRETS.contains(name.toLowerCase(Locale.ROOT));
    }
}
