package io.github.tuyacloud.fake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived over the wire, with the query decoded.
 *
 * @param defect what is wrong with the query; null if it is valid
 */
record WireRequest(
        String method,
        String target,
        String path,
        SortedMap<String, String> query,
        Headers headers,
        ByteString body,
        int connection,
        @Nullable String defect) {

    static WireRequest of(RecordedRequest recorded) {
        ByteString body = recorded.getBody();
        String method = recorded.getMethod();
        return of(
                method.equals(GetBodyMarker.MARKED_METHOD) ? "GET" : method,
                recorded.getTarget(),
                recorded.getHeaders(),
                body == null ? ByteString.EMPTY : body,
                recorded.getConnectionIndex());
    }

    static WireRequest of(String method, String target, Headers headers, ByteString body, int connection) {
        int questionMark = target.indexOf('?');
        String path = questionMark < 0 ? target : target.substring(0, questionMark);
        SortedMap<String, String> query = new TreeMap<>();
        String defect = questionMark < 0 ? null : decode(target.substring(questionMark + 1), query);
        return new WireRequest(
                method, target, path, Collections.unmodifiableSortedMap(query), headers, body, connection, defect);
    }

    /** Returns the value of a header, null if it was not sent. */
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    boolean isToken() {
        return path.equals("/v1.0/token") || path.startsWith("/v1.0/token/");
    }

    private static @Nullable String decode(String rawQuery, SortedMap<String, String> query) {
        String defect = null;
        for (String pair : rawQuery.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            try {
                String key = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                if (query.putIfAbsent(key, value) != null) {
                    defect = "the query has " + key + " twice";
                }
            } catch (IllegalArgumentException e) {
                defect = "the query is not percent-encoded: " + pair;
            }
        }
        return defect;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
