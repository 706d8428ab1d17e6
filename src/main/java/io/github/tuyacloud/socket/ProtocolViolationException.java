package io.github.tuyacloud.socket;

import java.io.IOException;

/** Signals that the message service broke a limit or a rule of the protocol; its message quotes nothing received. */
final class ProtocolViolationException extends IOException {

    private static final long serialVersionUID = 1L;

    ProtocolViolationException(String message) {
        super(message);
    }
}
