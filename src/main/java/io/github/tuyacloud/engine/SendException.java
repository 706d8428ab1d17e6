package io.github.tuyacloud.engine;

import java.io.IOException;
import java.io.Serial;

/** Says that one attempt brought no answer, and whether the request may have reached the cloud. */
final class SendException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final IOException failure;
    private final boolean reached;

    SendException(IOException cause, boolean reached) {
        super(cause);
        this.failure = cause;
        this.reached = reached;
    }

    @Override
    public synchronized IOException getCause() {
        return failure;
    }

    /** False only when the request surely was not sent. */
    boolean reached() {
        return reached;
    }
}
