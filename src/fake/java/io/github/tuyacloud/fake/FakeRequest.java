package io.github.tuyacloud.fake;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that the fake cloud received, with the outcome.
 *
 * @param method the HTTP method
 * @param path the path as on the wire, without the query
 * @param template the path of the endpoint with its variables in braces; {@link #UNKNOWN} if there is no such endpoint
 * @param query the parameters, decoded, in the order of their keys
 * @param target path and query exactly as on the wire
 * @param headers the headers by case-insensitive name, including secrets as they were sent
 * @param body the body as text; empty if there was none
 * @param executed whether the endpoint carried it out
 * @param httpStatus the status of the response; -1 if there was none yet
 * @param code the code of the response: 0 for success; -1 if the code is a word or there was no response yet
 * @param connection the connection on which it arrived, counted from 0
 */
public record FakeRequest(
        String method,
        String path,
        String template,
        SortedMap<String, String> query,
        String target,
        Map<String, List<String>> headers,
        String body,
        boolean executed,
        int httpStatus,
        int code,
        int connection) {
    /** The template of requests to unknown endpoints. */
    public static final String UNKNOWN = "(unknown)";

    private static final int SHOWN_OF_BODY = 200;

    static FakeRequest of(WireRequest request, String template) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : request.headers().names()) {
            headers.put(name, List.copyOf(request.headers().values(name)));
        }
        return new FakeRequest(
                request.method(),
                request.path(),
                template,
                request.query(),
                request.target(),
                Collections.unmodifiableMap(headers),
                request.body().utf8(),
                false,
                -1,
                -1,
                request.connection());
    }

    /**
     * Returns the value of a header.
     *
     * @param name the name of the header, case-insensitive
     * @return its first value, or null if it was not sent
     */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    FakeRequest completed(boolean wasExecuted, int status, int resultCode) {
        return new FakeRequest(
                method, path, template, query, target, headers, body, wasExecuted, status, resultCode, connection);
    }

    /** Returns one line for an assertion message, without headers, because they contain keys and tokens. */
    @Override
    public String toString() {
        String shownBody = body.length() <= SHOWN_OF_BODY ? body : body.substring(0, SHOWN_OF_BODY) + "...";
        return method + " " + target + (body.isEmpty() ? "" : " " + shownBody) + " -> "
                + (httpStatus < 0 ? "no response" : "HTTP " + httpStatus + " code " + code)
                + (executed ? ", executed" : ", not executed") + ", connection " + connection;
    }
}
