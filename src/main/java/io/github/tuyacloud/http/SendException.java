package io.github.tuyacloud.http;

import java.io.IOException;
import java.io.Serial;

/** Signals that an attempt got no answer, and whether the request may have reached the server. */
public final class SendException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final IOException failure;
    private final boolean reached;

    /**
     * Creates an exception.
     *
     * @param cause what happened
     * @param reached false only if the request was definitely not sent
     */
    public SendException(IOException cause, boolean reached) {
        super(cause);
        this.failure = cause;
        this.reached = reached;
    }

    @Override
    public synchronized IOException getCause() {
        return failure;
    }

    /** Returns whether the request may have been sent. */
    public boolean reached() {
        return reached;
    }
}
