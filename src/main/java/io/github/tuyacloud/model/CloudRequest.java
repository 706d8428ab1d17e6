package io.github.tuyacloud.model;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.LogSafe;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to any path of the cloud's API, for {@code cloudRequest(CloudRequest)}.
 *
 * <pre>{@code
 * CloudRequest.get("/v1.0/iot-03/devices/status").query("device_ids", "bf1,bf2");
 * CloudRequest.post("/v1.0/devices/bf1/commands").body(Map.of("commands", List.of(command.asMap())));
 * }</pre>
 *
 * @param method {@code GET}, {@code POST}, {@code PUT} or {@code DELETE}
 * @param path the path, such as {@code /v1.0/devices/bf1}; without host, not encoded
 * @param query parameters by name, not encoded; sent sorted by name
 * @param body any value that can be written as JSON; null for none
 */
public record CloudRequest(
        String method,
        String path,
        Map<String, @Nullable Object> query,
        @Nullable Object body) {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

    /**
     * Copies the parameters.
     *
     * @throws IllegalArgumentException if the method is unknown, the path is blank, or a GET has a body
     */
    public CloudRequest {
        method = method.toUpperCase(Locale.ROOT);
        query = JsonObject.copyOf(query);
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException(
                    "Unknown method " + LogSafe.quote(method) + ": use GET, POST, PUT or DELETE");
        }
        if (path.isBlank()) {
            throw new IllegalArgumentException("A request needs a path, such as /v1.0/devices/{id}");
        }
        if (body != null && method.equals("GET")) {
            throw new IllegalArgumentException("A GET request cannot have a body: use query(name, value)");
        }
    }

    /**
     * Creates a GET request.
     *
     * @param path such as {@code /v1.0/devices/bf1}
     * @return the request
     * @throws IllegalArgumentException if the path is blank
     */
    public static CloudRequest get(String path) {
        return new CloudRequest("GET", path, Map.of(), null);
    }

    /**
     * Creates a POST request.
     *
     * @param path such as {@code /v1.0/devices/bf1/commands}
     * @return the request, without a body
     * @throws IllegalArgumentException if the path is blank
     */
    public static CloudRequest post(String path) {
        return new CloudRequest("POST", path, Map.of(), null);
    }

    /**
     * Creates a PUT request.
     *
     * @param path such as {@code /v1.0/devices/bf1}
     * @return the request, without a body
     * @throws IllegalArgumentException if the path is blank
     */
    public static CloudRequest put(String path) {
        return new CloudRequest("PUT", path, Map.of(), null);
    }

    /**
     * Creates a DELETE request.
     *
     * @param path such as {@code /v1.0/devices/bf1}
     * @return the request, without a body
     * @throws IllegalArgumentException if the path is blank
     */
    public static CloudRequest delete(String path) {
        return new CloudRequest("DELETE", path, Map.of(), null);
    }

    /**
     * Adds a query parameter.
     *
     * @param name the parameter
     * @param value its value, sent as text
     * @return a copy with it
     * @throws IllegalArgumentException if the request already has the parameter
     */
    public CloudRequest query(String name, Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(query);
        if (more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value")) != null) {
            throw new IllegalArgumentException("The parameter " + LogSafe.quote(name) + " is given twice");
        }
        return new CloudRequest(method, path, more, body);
    }

    /**
     * Sets the body.
     *
     * @param value any value that can be written as JSON, usually a map
     * @return a copy with it
     * @throws IllegalArgumentException if this is a GET request
     */
    public CloudRequest body(Object value) {
        return new CloudRequest(method, path, query, Objects.requireNonNull(value, "body"));
    }

    /** Returns the method and the path, without parameters and body, which may contain secrets. */
    @Override
    public String toString() {
        return LogSafe.of("CloudRequest[" + method + " " + path.replaceFirst("\\?.*", "") + "]");
    }
}
