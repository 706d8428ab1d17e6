package io.github.tuyacloud.exception;

import java.io.Serial;

/**
 * The cloud does not let this project do this: wrong key, signature, clock, token, data center, or a missing permission.
 *
 * <p>Somebody has to change something, mostly in the project's console; {@link #hint()} says what.
 */
public final class TuyaAuthException extends TuyaApiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes one from its facts.
     *
     * @param failure the facts
     */
    public TuyaAuthException(CallFailure failure) {
        super(failure);
    }
}
