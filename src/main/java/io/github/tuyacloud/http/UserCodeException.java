package io.github.tuyacloud.http;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Signals that a part of the user's {@code OkHttpClient} failed after a request was sent. */
public final class UserCodeException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private UserCodeException(@Nullable String message, @Nullable Exception cause) {
        super(message, cause);
    }

    /**
     * Creates the exception. The declared type is more general so that a program's first call does not load this class.
     */
    static IOException of(@Nullable String message, @Nullable Exception cause) {
        return new UserCodeException(message, cause);
    }
}
