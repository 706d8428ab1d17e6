package io.github.tuyacloud.engine;

import org.jspecify.annotations.Nullable;

/** Creates the exception that a call on a closed client throws. */
public final class Closed {

    private Closed() {}

    /** Returns the exception for a call on a closed client. */
    public static IllegalStateException client() {
        return client(null);
    }

    /** Like {@link #client()}, for a call that failed because the client was closed meanwhile. */
    public static IllegalStateException client(@Nullable Throwable cause) {
        return new IllegalStateException("This TuyaCloud is closed", cause);
    }
}
