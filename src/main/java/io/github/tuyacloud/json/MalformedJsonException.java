package io.github.tuyacloud.json;

import java.io.Serial;

/** Signals malformed JSON. The message says what is wrong and where, but never quotes the text. */
public final class MalformedJsonException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is wrong and where; must not quote the text, which may contain secrets
     */
    public MalformedJsonException(String message) {
        super(message);
    }
}
