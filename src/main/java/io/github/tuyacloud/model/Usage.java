package io.github.tuyacloud.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many requests this client has sent in the current month (UTC), every attempt and token request included.
 *
 * @param total all requests
 * @param byEndpoint requests by method and path template, such as {@code GET /v1.0/devices/{id}}; sorted
 * @param since when the count began: the client's start or the month's, whichever is later
 */
public record Usage(long total, Map<String, Long> byEndpoint, Instant since) {

    /** Copies and sorts the map. */
    public Usage {
        byEndpoint = Collections.unmodifiableMap(new TreeMap<>(byEndpoint));
    }
}
