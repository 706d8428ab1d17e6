package io.github.tuyacloud.exception;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Anything that can go wrong between this library and the Tuya cloud.
 *
 * <p>The message says it all in one line and holds no secret; the accessors give its parts. Failures of earlier attempts
 * of the same call are {@linkplain #getSuppressed() suppressed} exceptions.
 */
public abstract sealed class TuyaException extends RuntimeException
        permits TuyaApiException, TuyaTransportException, TuyaConfigException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable CallFailure failure;

    TuyaException(CallFailure failure, String reason, @Nullable Throwable cause) {
        super(failure.describe(reason), cause);
        this.failure = failure;
    }

    /**
     * Says what was tried.
     *
     * @return HTTP method and path template, without ids: {@code GET /v1.0/devices/{id}}
     */
    public String operation() {
        return facts().operation();
    }

    /**
     * Gives the HTTP status of the last answer.
     *
     * @return the status, or -1 when no answer came
     */
    public int httpStatus() {
        return facts().httpStatus();
    }

    /**
     * Gives the cloud's error code.
     *
     * @return the code, or -1 when there is none
     */
    public int code() {
        return facts().code();
    }

    /**
     * Gives the cloud's own words, as they can be shown.
     *
     * @return its {@code msg}, or null; without secrets, in one line, and cut after some hundred characters
     */
    public @Nullable String apiMessage() {
        return facts().apiMessage();
    }

    /**
     * Gives the cloud's trace id, to quote when asking Tuya for help.
     *
     * @return its {@code tid}, or null
     */
    public @Nullable String tid() {
        return facts().tid();
    }

    /**
     * Says how many requests were sent for the call that failed, without those for an access token.
     *
     * @return 0 when it failed before anything was sent
     */
    public int attempts() {
        return facts().attempts();
    }

    /**
     * Says whether the same call may succeed later without anybody changing anything.
     *
     * @return true for a bad moment, false for a bad request, key, plan or permission
     */
    public boolean retryable() {
        return facts().retryable();
    }

    /**
     * Says what a person should do now.
     *
     * @return a sentence, or null when there is no advice
     */
    public @Nullable String hint() {
        return facts().hint();
    }

    /**
     * Gives all facts at once, for wrapping or for a fake of one's own.
     *
     * @return the facts; empty ones after deserialisation
     */
    public CallFailure failure() {
        return facts();
    }

    private CallFailure facts() {
        return failure != null ? failure : CallFailure.of("unknown");
    }
}
