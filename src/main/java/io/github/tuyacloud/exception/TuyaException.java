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
     * Returns what was tried.
     *
     * @return HTTP method and path template, without ids: {@code GET /v1.0/devices/{id}}
     */
    public String operation() {
        return failure.operation();
    }

    /**
     * Returns the HTTP status of the last answer.
     *
     * @return the status, or -1 if there was no answer
     */
    public int httpStatus() {
        return failure.httpStatus();
    }

    /**
     * Returns the cloud's error code as a number.
     *
     * @return the code; -1 if absent or a word; {@link #codeText()} returns the word
     */
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
     * Returns the cloud's message: without secrets, in one line, and shortened if it is very long.
     *
     * @return its {@code msg}, or null
     */
    public @Nullable String apiMessage() {
        return failure.apiMessage();
    }

    /**
     * Returns the cloud's trace id, to quote when you ask Tuya for help.
     *
     * @return its {@code tid}, or null
     */
    public @Nullable String tid() {
        return failure.tid();
    }

    /**
     * Returns the number of requests sent for the call that failed, token requests excluded.
     *
     * @return the number; 0 if the call failed before anything was sent
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

    /**
     * Returns advice for the user.
     *
     * @return one or more sentences, or null if there is no advice
     */
    public @Nullable String hint() {
        return failure.hint();
    }
}
