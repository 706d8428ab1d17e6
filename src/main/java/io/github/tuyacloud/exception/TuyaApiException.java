package io.github.tuyacloud.exception;

import java.io.Serial;

/**
 * The cloud answered, and its answer is no: {@code success=false}, with whatever HTTP status.
 *
 * <p>{@link #code()} tells which refusal; the cloud sends most of them with HTTP 200.
 */
public sealed class TuyaApiException extends TuyaException permits TuyaAuthException, TuyaQuotaException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes one from its facts.
     *
     * @param failure the facts
     */
    public TuyaApiException(CallFailure failure) {
        super(failure, failure.apiReason(), null);
    }

    /** For refusals that did not come from the cloud but from this library's own limits. */
    TuyaApiException(CallFailure failure, String reason) {
        super(failure, reason, null);
    }
}
