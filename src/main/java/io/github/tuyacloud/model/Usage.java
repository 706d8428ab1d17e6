package io.github.tuyacloud.model;

import io.github.tuyacloud.json.LogSafe;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The number of a client's requests that reached or may have reached the cloud in the current month (UTC), including
 * retries and token requests. A request that was definitely never sent, for example because the connection was refused,
 * does not count.
 *
 * @param total all requests
 * @param byEndpoint requests by method and path template, such as {@code GET /v1.0/devices/{id}}; sorted
 * @param since when the count began: when the client was created or the month began, whichever is later
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
