package io.github.tuyacloud.exception;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the configuration or a device file is missing, unreadable or invalid. The message names the file and says
 * what to change.
 *
 * <p>No request was sent, so {@link #operation()} is the only accessor with a meaningful value.
 */
public final class TuyaConfigException extends TuyaException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param operation what was tried, such as {@code Reading tinytuya.json}
     * @param reason what is wrong and what to do, without the content of the file
     * @param cause the cause, or null
     */
    public TuyaConfigException(String operation, String reason, @Nullable Throwable cause) {
        super(CallFailure.builder(operation).build(), reason, cause);
    }
}
