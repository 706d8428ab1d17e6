package io.github.tuyacloud.engine;

import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request: parameters in key order, signed decoded and sent percent-encoded.
 *
 * <p>The cloud computes the signature from the decoded values and rejects a comma signed as {@code %2C}.
 */
final class QueryParameters {

    static final QueryParameters NONE = new QueryParameters(Collections.emptySortedMap());

    private final SortedMap<String, String> decoded;

    private QueryParameters(SortedMap<String, String> decoded) {
        this.decoded = decoded;
    }

    /** Parses the encoded query of a URL, without the question mark. */
    static QueryParameters parse(String encoded) {
        SortedMap<String, String> decoded = new TreeMap<>();
        for (String pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                put(decoded, decode(name), decode(equals < 0 ? "" : pair.substring(equals + 1)));
            }
        }
        return decoded.isEmpty() ? NONE : new QueryParameters(decoded);
    }

    /**
     * Returns a copy with another parameter.
     *
     * @param value the value, sent as a string; a collection is sent as a comma-separated list; null adds nothing
     * @throws IllegalArgumentException if the name is empty or already used
     */
    QueryParameters with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        SortedMap<String, String> copy = new TreeMap<>(decoded);
        put(copy, name, value);
        return new QueryParameters(copy);
    }

    /** Like {@link #with}, but for several parameters. */
    QueryParameters withAll(Map<String, ? extends @Nullable Object> others) {
        SortedMap<String, String> all = new TreeMap<>(decoded);
        for (Map.Entry<String, ? extends @Nullable Object> other : others.entrySet()) {
            Object value = other.getValue();
            if (value != null) {
                put(all, other.getKey(), value);
            }
        }
        return new QueryParameters(all);
    }

    private static void put(SortedMap<String, String> decoded, String name, Object value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A query parameter needs a name");
        }
        if (decoded.put(name, text(value)) != null) {
            throw new IllegalArgumentException("The query parameter " + LogSafe.quote(name) + " is given twice");
        }
    }

    boolean isEmpty() {
        return decoded.isEmpty();
    }

    /** Returns the form to sign: {@code a=1,2&b=x y}. */
    String toSign() {
        return joined(false);
    }

    /** Returns the form to send: {@code a=1%2C2&b=x%20y}. */
    String encoded() {
        return joined(true);
    }

    private String joined(boolean encoded) {
        StringBuilder joined = new StringBuilder();
        for (Map.Entry<String, String> parameter : decoded.entrySet()) {
            String name = parameter.getKey();
            String value = parameter.getValue();
            joined.append(joined.length() == 0 ? "" : "&")
                    .append(encoded ? encode(name) : name)
                    .append('=')
                    .append(encoded ? encode(value) : value);
        }
        return joined.toString();
    }

    private static String text(Object value) {
        if (value instanceof Collection || value instanceof Map) {
            JsonValues.isFinite(value); // throws if it contains itself
        }
        return value instanceof Collection<?> items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The query of the url contains a malformed % escape");
        }
    }

    /** Encodes a string according to RFC 3986, which is stricter than form encoding. */
    private static String encode(String decoded) {
        return URLEncoder.encode(decoded, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
