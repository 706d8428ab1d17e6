package io.github.tuyacloud.http;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Signals that a request got no complete response, and whether it may have reached the server. Also carries an
 * {@link Error} that was thrown before the request was sent.
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
        super(cause);
        this.failure = cause;
        this.reached = reached;
        this.counts = counts;
        this.error = null;
    }

    /** Creates an exception for an error that was thrown before the request was sent. */
    SendException(Error error) {
        this.failure = new IOException(error);
        this.reached = false;
        this.counts = false;
        this.error = error;
    }

    /** Throws the error that this carries, if there is one. */
    public void throwError() {
        if (error != null) {
            throw error;
        }
    }

    @Override
    public synchronized IOException getCause() {
        return failure;
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
