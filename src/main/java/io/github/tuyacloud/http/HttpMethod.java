package io.github.tuyacloud.http;

import io.github.tuyacloud.json.LogSafe;
import java.util.Arrays;
import java.util.Locale;

/** The HTTP methods of the Tuya API. */
public enum HttpMethod {
    /** Reads something. */
    GET,
    /** Creates something, or sends a command. */
    POST,
    /** Updates something. */
    PUT,
    /** Removes something. */
    DELETE;

    /**
     * Returns the method with the given name, in any case.
     *
     * @throws IllegalArgumentException if the API has no such method
     */
    public static HttpMethod of(String name) {
        String upperCase = name.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(method -> method.name().equals(upperCase))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown action " + LogSafe.quote(name) + ": use GET, POST, PUT or DELETE"));
    }

    /** Returns whether requests change something, and so must not be sent twice. */
    public boolean writes() {
        return this != GET;
    }
}
