package io.github.tuyacloud.exception;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a limit is reached: the plan has expired or its quota is used up, requests are too frequent, or the
 * client's own monthly budget or rate limit is exhausted.
 */
public final class TuyaQuotaException extends TuyaApiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The wait that the cloud requested, or null. */
    private final @Nullable Duration retryAfter;

    /**
     * Creates an exception for a refusal by the cloud.
     *
     * @param failure the details
     * @param retryAfter the time to wait before the next attempt, or null if unknown
     */
    public TuyaQuotaException(CallFailure failure, @Nullable Duration retryAfter) {
        super(failure);
        this.retryAfter = retryAfter;
    }

    /**
     * Creates an exception for a refusal by this library, which sent nothing.
     *
     * @param failure the details
     * @param reason why nothing was sent
     * @param retryAfter the time to wait before the next attempt, or null if unknown
     */
    public TuyaQuotaException(CallFailure failure, String reason, @Nullable Duration retryAfter) {
        super(failure, reason, TuyaTransportException.Sent.NO);
        this.retryAfter = retryAfter;
    }

    /**
     * Returns the time to wait before the next attempt.
     *
     * @return the wait, or null if unknown
     */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
