package io.github.tuyacloud.model;

import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.LogSafe;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a property of a thing can be read, set, or both. */
public enum AccessMode {
    /** {@code ro}: only the device sets it. */
    READ_ONLY("ro"),
    /** {@code wr}: it can be set, but is not reported. */
    WRITE_ONLY("wr"),
    /** {@code rw}: it can be set and is reported. */
    READ_WRITE("rw");

    private final String code;

    AccessMode(String code) {
        this.code = code;
    }

    /**
     * Returns the mode with one of the cloud's codes.
     *
     * @param code {@code ro}, {@code wr} or {@code rw}
     * @return the mode
     * @throws IllegalArgumentException if the code is unknown; the message lists the known ones
     */
    public static AccessMode of(String code) {
        return find(code)
                .orElseThrow(() ->
                        new IllegalArgumentException("Unknown access mode " + LogSafe.quote(code) + ": use one of "
                                + Arrays.stream(values()).map(AccessMode::code).collect(Collectors.joining(", "))));
    }

    /** Reads a member; null if it is absent or unknown. An unknown code stays among the reader's extra members. */
    static @Nullable AccessMode read(JsonReader fields, String name) {
        return fields.read(name, value -> find(value).orElse(null));
    }

    /**
     * Returns the cloud's code for this mode.
     *
     * @return {@code ro}, {@code wr} or {@code rw}
     */
    public String code() {
        return code;
    }

    /**
     * Returns whether the cloud reports the value.
     *
     * @return false only for {@link #WRITE_ONLY}
     */
    public boolean readable() {
        return this != WRITE_ONLY;
    }

    /**
     * Returns whether the value can be set.
     *
     * @return false only for {@link #READ_ONLY}
     */
    public boolean writable() {
        return this != READ_ONLY;
    }

    private static Optional<AccessMode> find(@Nullable Object code) {
        return Arrays.stream(values()).filter(mode -> mode.code.equals(code)).findFirst();
    }
}
