package io.github.tuyacloud.exception;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the configuration file or the device file is missing, unreadable or wrong; the message names the file and
 * what to change in it.
 *
 * <p>No request was sent, so of the accessors only {@link #operation()} has a value.
 */
public final class TuyaConfigException extends TuyaException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param operation what was tried: {@code read tinytuya.json}
     * @param reason what is wrong and what to do, without the file's content
     * @param cause the exception behind it, or null
     */
    public TuyaConfigException(String operation, String reason, @Nullable Throwable cause) {
        super(CallFailure.builder(operation).build(), reason, cause);
    }
}
