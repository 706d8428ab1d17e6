package io.github.tuyacloud.http;

import io.github.tuyacloud.json.LogSafe;
import java.util.Arrays;
import java.util.Locale;

/** The HTTP methods of the Tuya API. */
public enum HttpMethod {
    /** Reads. */
    GET,
    /** Usually sends a command. */
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
        String wanted = name.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(method -> method.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown action " + LogSafe.quote(name) + ": use GET, POST, PUT or DELETE"));
    }

    /** Returns whether a request sent twice may take effect twice. */
    public boolean writes() {
        return this != GET;
    }
}
