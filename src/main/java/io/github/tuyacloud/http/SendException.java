package io.github.tuyacloud.http;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Signals that a request got no complete response, and whether it may have reached the server. Also carries an
 * {@link Error} that was thrown meanwhile.
 */
public final class SendException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final IOException failure;
    private final boolean reached;
    private final boolean counts;
    private final @Nullable Error error;

    /**
     * Creates an exception.
     *
     * @param cause the failure
     * @param reached false only if the request was definitely not sent
     * @param counts whether this client may have sent it; false if only an interceptor may have, with another client
     */
    public SendException(IOException cause, boolean reached, boolean counts) {
        this(cause, reached, counts, null);
    }

    /**
     * Creates an exception for an error.
     *
     * @param cause describes the error; does not contain it, because the error may come to contain this failure
     * @param reached false only if the request was definitely not sent
     */
    SendException(IOException cause, boolean reached, Error error) {
        this(cause, reached, reached, error);
    }

    private SendException(IOException cause, boolean reached, boolean counts, @Nullable Error error) {
        super(cause);
        this.failure = cause;
        this.reached = reached;
        this.counts = counts;
        this.error = error;
    }

    @Override
    public synchronized IOException getCause() {
        return failure;
    }

    /** Returns the error that must reach the caller instead of this exception, or null. */
    public @Nullable Error error() {
        return error;
    }

    /** Returns whether the request may have been sent. */
    public boolean reached() {
        return reached;
    }

    /** Returns whether the request counts toward this client's usage. */
    public boolean counts() {
        return counts;
    }
}
