package io.github.tuyacloud.http;

import java.io.IOException;
import java.io.Serial;

/** Signals that a request got no complete response, and whether it may have reached the server. */
public final class SendException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final IOException failure;
    private final boolean reached;
    private final boolean counts;

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
