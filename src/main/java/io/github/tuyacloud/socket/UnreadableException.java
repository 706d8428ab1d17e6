package io.github.tuyacloud.socket;

import java.io.Serial;

/** Thrown for an unreadable message; the reason does not quote it. */
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
