package io.github.tuyacloud.socket;

import java.io.Serial;

/** Says why a message cannot be read, without any part of it. */
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
