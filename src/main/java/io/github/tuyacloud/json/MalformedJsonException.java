package io.github.tuyacloud.json;

import java.io.Serial;

/** Says that a text is not the JSON that was hoped for, and where it goes wrong, but never quotes it. */
public final class MalformedJsonException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what is wrong and where; without any part of the text, which may hold secrets
     */
    public MalformedJsonException(String message) {
        super(message);
    }
}
