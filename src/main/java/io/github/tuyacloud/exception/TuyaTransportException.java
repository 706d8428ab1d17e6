package io.github.tuyacloud.exception;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when there was no usable response: no connection, a timeout, an interrupt, an error page from a gateway, or a
 * malformed response.
 *
 * <p>For a command, {@link #sent()} returns whether it may have been carried out. A call whose thread was interrupted
 * throws the subclass {@link TuyaInterruptedException}.
 */
public sealed class TuyaTransportException extends TuyaException permits TuyaInterruptedException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether the request may have reached the cloud. */
    private final Sent sent;

    /** Whether a request may have reached the cloud, so that a command may have been carried out. */
    public enum Sent {
        /** Definitely not: nothing has happened, and a command can be retried. */
        NO,
        /** Possibly: a command may have been carried out. Read the device's status before sending it again. */
        MAYBE
    }

    /**
     * Creates an exception.
     *
     * @param failure the details
     * @param reason what happened, without ids or secrets
     * @param sent whether the last request may have reached the cloud
     * @param cause the cause, or null
     */
    public TuyaTransportException(CallFailure failure, String reason, Sent sent, @Nullable Throwable cause) {
        super(failure, reason, cause);
        this.sent = Objects.requireNonNull(sent, "sent");
    }

    /**
     * Returns whether the request may have reached the cloud.
     *
     * @return {@link Sent#NO} only if it definitely did not
     */
    public Sent sent() {
        return sent;
    }
}
