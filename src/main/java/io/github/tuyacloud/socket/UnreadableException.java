package io.github.tuyacloud.socket;

import java.io.Serial;

/** Thrown for a message that cannot be read; the reason quotes no part of it. */
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
