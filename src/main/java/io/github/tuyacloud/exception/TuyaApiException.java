package io.github.tuyacloud.exception;

import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.io.Serial;
import java.util.Objects;

/**
 * Thrown when the cloud refuses a call: the response has {@code success=false}, with any HTTP status.
 *
 * <p>{@link #code()} identifies the refusal. The cloud sends most refusals with HTTP 200.
 */
public sealed class TuyaApiException extends TuyaException permits TuyaAuthException, TuyaQuotaException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether a command may have been carried out although it was refused. */
    private final Sent sent;

    /**
     * Creates an exception for a refusal that had no effect.
     *
     * @param failure the details
     */
    public TuyaApiException(CallFailure failure) {
        this(failure, Sent.NO);
    }

    /**
     * Creates an exception.
     *
     * @param failure the details
     * @param sent whether a command may have been carried out although it was refused
     */
    public TuyaApiException(CallFailure failure, Sent sent) {
        this(failure, failure.apiReason(), sent);
    }

    /**
     * Creates an exception with a reason other than the cloud's message.
     *
     * @param failure the details
     * @param reason the reason, which becomes part of the message
     * @param sent whether a command may have been carried out
     */
    public TuyaApiException(CallFailure failure, String reason, Sent sent) {
        super(failure, reason, null);
        this.sent = Objects.requireNonNull(sent, "sent");
    }

    /**
     * Returns whether a command may have been carried out although the cloud refused it.
     *
     * @return {@link Sent#NO} if the refusal says that nothing has happened; {@link Sent#MAYBE} after an internal error
     *     of the cloud or an unknown code
     */
    public Sent sent() {
        return sent;
    }
}
