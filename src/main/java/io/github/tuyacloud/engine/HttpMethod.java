package io.github.tuyacloud.engine;

import java.util.Arrays;
import java.util.Locale;

/** The HTTP methods of the Tuya API. */
public enum HttpMethod {
    /** Reads. */
    GET,
    /** Writes: commands, mostly. */
    POST,
    /** Writes: changes. */
    PUT,
    /** Writes: removals. */
    DELETE;

    /**
     * Finds a method by name, whatever the case.
     *
     * @param name such as {@code GET}
     * @return the method
     * @throws IllegalArgumentException if the API has no such method
     */
    public static HttpMethod of(String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(method -> method.name().equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("Unknown action \"" + name + "\": use GET, POST, PUT or DELETE"));
    }

    /** Whether sending twice may do something twice. */
    boolean writes() {
        return this != GET;
    }
}
