package io.github.tuyacloud.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The causes of events in a device log, with the cloud's codes. */
public enum EventSource {
    /** {@code 1}: the device itself. */
    DEVICE("1"),
    /** {@code 2}: a command from an app. */
    APP("2"),
    /** {@code 3}: a command from a third party, such as a voice assistant or a program. */
    THIRD_PARTY("3"),
    /** {@code 4}: a command from the cloud. */
    CLOUD("4"),
    /**
     * {@code -1}, which means unknown, or a code that this library does not know; {@link LogEntry#eventFrom()} returns
     * it.
     */
    OTHER("-1");

    private final String code;

    EventSource(String code) {
        this.code = code;
    }

    /**
     * Returns the source with one of the cloud's codes.
     *
     * @param code such as {@code 1}; may be null
     * @return the source; {@link #OTHER} for an unknown code and for null
     */
    public static EventSource of(@Nullable String code) {
        return Arrays.stream(values())
                .filter(source -> source.code.equals(code))
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * Returns the cloud's code.
     *
     * @return {@code 1} to {@code 4}; {@code -1} for {@link #OTHER}
     */
    public String code() {
        return code;
    }
}
