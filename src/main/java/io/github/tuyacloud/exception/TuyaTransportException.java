package io.github.tuyacloud.exception;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * No usable answer came: no connection, a time-out, an interrupt, a gateway's page, or an answer that cannot be read.
 *
 * <p>For a command, {@link #sent()} says whether the device may have carried it out all the same.
 */
public final class TuyaTransportException extends TuyaException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether the request may have reached the cloud. */
    private final Sent sent;

    /** Whether the request may have reached the cloud. */
    public enum Sent {
        /** Surely not: nothing has happened, and a command can be sent again. */
        NO,
        /** Perhaps: a command may have been carried out; read the device's status before sending it again. */
        MAYBE
    }

    /**
     * Makes one from its facts.
     *
     * @param failure the facts
     * @param reason what happened, without ids and secrets
     * @param sent whether the last request may have reached the cloud
     * @param cause the exception behind it, or null
     */
    public TuyaTransportException(CallFailure failure, String reason, Sent sent, @Nullable Throwable cause) {
        super(failure, reason, cause);
        this.sent = Objects.requireNonNull(sent, "sent");
    }

    /**
     * Says whether the request may have reached the cloud.
     *
     * @return {@link Sent#NO} only when it surely did not
     */
    public Sent sent() {
        return sent;
    }
}
