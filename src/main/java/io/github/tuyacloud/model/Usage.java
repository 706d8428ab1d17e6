package io.github.tuyacloud.model;

import io.github.tuyacloud.json.LogSafe;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The number of requests of this client that have or may have reached the cloud in the current month (UTC), including
 * every attempt and token request. A request that definitely never left, such as one whose connection was refused, does
 * not count.
 *
 * @param total all requests
 * @param byEndpoint requests by method and path template, such as {@code GET /v1.0/devices/{id}}; sorted
 * @param since when the count began: the start of the client or of the month, whichever is later
 */
public record Usage(long total, Map<String, Long> byEndpoint, Instant since) {

    /** Copies and sorts the map. */
    public Usage {
        byEndpoint = Collections.unmodifiableMap(new TreeMap<>(byEndpoint));
    }

    @Override
    public String toString() {
        return LogSafe.line("Usage[total={}, byEndpoint={}, since={}]", total, byEndpoint, since);
    }
}
