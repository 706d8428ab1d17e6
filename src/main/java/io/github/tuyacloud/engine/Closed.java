package io.github.tuyacloud.engine;

import org.jspecify.annotations.Nullable;

/** Creates the exception for calls on a closed client. */
public final class Closed {

    private Closed() {}

    /** Returns the exception for a call on a closed client. */
    public static IllegalStateException client() {
        return client(null);
    }

    /** Like {@link #client()}, but for a call that failed because the client was closed during the call. */
    public static IllegalStateException client(@Nullable Throwable cause) {
        return new IllegalStateException("This TuyaCloud is closed", cause);
    }
}
