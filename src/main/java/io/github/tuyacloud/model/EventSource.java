package io.github.tuyacloud.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What caused an event in a device log, with the cloud's words for it. */
public enum EventSource {
    /** {@code 1}: the device itself. */
    DEVICE("1"),
    /** {@code 2}: a command from an app. */
    APP("2"),
    /** {@code 3}: a command from a third party, such as a voice assistant or a program. */
    THIRD_PARTY("3"),
    /** {@code 4}: a command from the cloud. */
    CLOUD("4"),
    /** {@code -1}, which means unknown, or a word that this library does not know; {@link LogEntry#eventFrom()} has it. */
    OTHER("-1");

    private final String code;

    EventSource(String code) {
        this.code = code;
    }

    /**
     * Returns the source for a word of the cloud.
     *
     * @param word such as {@code 1}; may be null
     * @return the source; {@link #OTHER} for an unknown word and for null
     */
    public static EventSource of(@Nullable String word) {
        return Arrays.stream(values())
                .filter(source -> source.code.equals(word))
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * Returns the cloud's word.
     *
     * @return {@code 1} to {@code 4}; {@code -1} for {@link #OTHER}
     */
    public String code() {
        return code;
    }
}
