package io.github.tuyacloud.exception;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The superclass of all exceptions for failures between this library and the Tuya cloud.
 *
 * <p>The message contains all details in one line, without secrets; the accessors return them individually. The
 * failures of earlier attempts at the same call are {@linkplain #getSuppressed() suppressed} exceptions.
 */
public abstract sealed class TuyaException extends RuntimeException
        permits TuyaApiException, TuyaTransportException, TuyaConfigException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The details of the failed call. */
    private final CallFailure failure;

    TuyaException(CallFailure failure, String reason, @Nullable Throwable cause) {
        super(failure.describe(reason), cause);
        this.failure = failure;
    }

    /**
     * {@return what was tried, as HTTP method and path template without ids, such as {@code GET /v1.0/devices/{id}}}
     */
    public String operation() {
        return failure.operation();
    }

    /** {@return the HTTP status of the last response; -1 if there was no response} */
    public int httpStatus() {
        return failure.httpStatus();
    }

    /** {@return the cloud's error code as a number; -1 if it is absent or a word, which {@link #codeText()} returns} */
    public int code() {
        return failure.code();
    }

    /**
     * Returns the cloud's error code as it was sent. Most codes are numbers; some are words, such as
     * {@code DEVICE_NOT_EXIST_V2}.
     *
     * @return the code, or null if absent
     */
    public @Nullable String codeText() {
        return failure.codeText();
    }

    /**
     * {@return the cloud's message ({@code msg}) in one line, without secrets and shortened if it is very long, or
     * null}
     */
    public @Nullable String apiMessage() {
        return failure.apiMessage();
    }

    /** {@return the cloud's trace id ({@code tid}), to quote when you ask Tuya for help, or null} */
    public @Nullable String tid() {
        return failure.tid();
    }

    /**
     * {@return the number of requests sent for the call that failed, token requests excluded; 0 if it failed before
     * anything was sent}
     */
    public int attempts() {
        return failure.attempts();
    }

    /**
     * Returns whether the same call may succeed later without any change.
     *
     * @return true for a temporary problem, false for a wrong request, key, plan or permission
     */
    public boolean retryable() {
        return failure.retryable();
    }

    /** {@return advice for the user in one or more sentences, or null} */
    public @Nullable String hint() {
        return failure.hint();
    }
}
