package io.github.tuyacloud.model;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may be done with a property of a thing, with the cloud's words for it. */
public enum AccessMode {
    /** {@code ro}: only the device sets it. */
    READ_ONLY("ro"),
    /** {@code wr}: it can be set, and is not reported. */
    WRITE_ONLY("wr"),
    /** {@code rw}: it can be set and is reported. */
    READ_WRITE("rw");

    private final String code;

    AccessMode(String code) {
        this.code = code;
    }

    /**
     * Finds a mode by the cloud's word.
     *
     * @param code {@code ro}, {@code wr} or {@code rw}; may be null
     * @return the mode; empty for another word
     */
    public static Optional<AccessMode> of(@Nullable String code) {
        return Arrays.stream(values()).filter(mode -> mode.code.equals(code)).findFirst();
    }

    /**
     * Gives the cloud's word.
     *
     * @return {@code ro}, {@code wr} or {@code rw}
     */
    public String code() {
        return code;
    }

    /**
     * Says whether the cloud shows its value.
     *
     * @return false for {@link #WRITE_ONLY} alone
     */
    public boolean readable() {
        return this != WRITE_ONLY;
    }

    /**
     * Says whether it can be set.
     *
     * @return false for {@link #READ_ONLY} alone
     */
    public boolean writable() {
        return this != READ_ONLY;
    }
}
