package io.github.tuyacloud.socket;

import java.io.IOException;

/** Signals that the message service violated the protocol or a limit; the message never quotes received data. */
final class ProtocolViolationException extends IOException {

    private static final long serialVersionUID = 1L;

    ProtocolViolationException(String message) {
        super(message);
    }
}
