package io.github.tuyacloud.exception;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call ends early because its thread was interrupted. The thread's interrupt status is set again.
 *
 * <p>An interrupt is a request to stop, not a failure of the cloud, so a program usually does not retry after this
 * exception.
 */
public final class TuyaInterruptedException extends TuyaTransportException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param failure the details
     * @param reason where the call was interrupted
     * @param sent whether the last request may have reached the cloud
     * @param cause the cause, or null
     */
    public TuyaInterruptedException(CallFailure failure, String reason, Sent sent, @Nullable Throwable cause) {
        super(failure, reason, sent, cause);
    }
}
