package io.github.tuyacloud.socket;

import java.io.Serial;

/** Signals that a message cannot be read; the reason never quotes its content. */
final class UnreadableException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;

    UnreadableException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
