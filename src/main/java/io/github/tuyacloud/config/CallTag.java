package io.github.tuyacloud.config;

import io.github.tuyacloud.json.LogSafe;

/**
 * Names the endpoint of a request, for metrics by endpoint instead of by device.
 *
 * <p>Every request that the library sends through OkHttp has one as a tag, including requests for access tokens. An
 * interceptor or {@code EventListener} of the OkHttp client given to the builder can read it:
 *
 * <pre>{@code
 * CallTag tag = call.request().tag(CallTag.class);
 * String series = tag == null ? "other" : tag.toString(); // GET /v1.0/iot-03/devices/{id}/status
 * }</pre>
 *
 * @param method the HTTP method, such as {@code GET}
 * @param path the path with {@code {id}} in place of each id, without query parameters
 */
public record CallTag(String method, String path) {

    /**
     * Returns the method and the path, separated by a space, such as {@code GET /v1.0/iot-03/devices/{id}/status}.
     *
     * @return the name of the endpoint
     */
    @Override
    public String toString() {
        return LogSafe.of(method + " " + path);
    }
}
