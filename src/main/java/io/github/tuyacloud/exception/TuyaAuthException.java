package io.github.tuyacloud.exception;

import java.io.Serial;

/**
 * Thrown when the cloud does not allow this project to make the call: wrong key, signature, clock, token or data
 * center, or a missing permission.
 *
 * <p>Retrying does not help until something is changed, usually in the project's console; {@link #hint()} says what.
 */
public final class TuyaAuthException extends TuyaApiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param failure the details
     */
    public TuyaAuthException(CallFailure failure) {
        super(failure);
    }
}
