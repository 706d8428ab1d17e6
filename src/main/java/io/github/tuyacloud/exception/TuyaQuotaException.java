package io.github.tuyacloud.exception;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit is reached: the plan has expired or is used up, calls come too fast, or the client's own monthly budget or rate
 * limit says stop.
 */
public final class TuyaQuotaException extends TuyaApiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** How long to wait, if anybody knows. */
    private final @Nullable Duration retryAfter;

    /**
     * Makes one for a refusal by the cloud.
     *
     * @param failure the facts
     * @param retryAfter how long to wait before the next try, or null when nobody knows
     */
    public TuyaQuotaException(CallFailure failure, @Nullable Duration retryAfter) {
        super(failure);
        this.retryAfter = retryAfter;
    }

    /**
     * Makes one for a refusal by this library, which sent nothing.
     *
     * @param failure the facts
     * @param reason why nothing was sent
     * @param retryAfter how long to wait before the next try, or null when nobody knows
     */
    public TuyaQuotaException(CallFailure failure, String reason, @Nullable Duration retryAfter) {
        super(failure, reason);
        this.retryAfter = retryAfter;
    }

    /**
     * Says how long to wait before another try makes sense.
     *
     * @return the wait, or null when nobody knows
     */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
