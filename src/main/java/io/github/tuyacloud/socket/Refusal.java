package io.github.tuyacloud.socket;

import io.github.tuyacloud.engine.NoResponse;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a connection could not be opened.
 *
 * @param httpStatus the HTTP status of the refused handshake; -1 if there was no response
 * @param cause the exception if there was no response
 * @param host the host
 * @param elapsed the duration of the attempt
 * @param lostBefore whether this subscription was connected before
 */
record Refusal(int httpStatus, @Nullable Throwable cause, String host, Duration elapsed, boolean lostBefore) {

    static final String OPERATION = "WebSocket /ws/v2/consumer/persistent/{accessId}/out/{topic}/{subscription}";

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;

    /** Returns whether the message service refused the credentials. */
    boolean isOfCredentials() {
        return httpStatus == UNAUTHORIZED || httpStatus == FORBIDDEN;
    }

    /**
     * Returns whether another host may be the right one; false for 409 or 503, for example, which come from the right
     * host.
     */
    boolean mayBeOfTheWrongHost() {
        return httpStatus < 0 || httpStatus == NOT_FOUND || isOfCredentials();
    }

    /** Returns the exception for this refusal, with a hint. */
    TuyaException toException(int attempts) {
        CallFailure.Builder facts =
                CallFailure.builder(OPERATION).httpStatus(httpStatus).attempts(attempts);
        if (httpStatus < 0) {
            return noResponse(facts);
        }
        if (isOfCredentials()) {
            return new TuyaAuthException(facts.message("the message service refuses the credentials at " + host)
                    .hint(
                            "Check that the access id, access secret and data center match the project's overview in the Tuya "
                                    + "console, and that the project's message service is enabled.")
                    .build());
        }
        return new TuyaApiException(
                facts.message(reason()).hint(hint()).retryable(true).build());
    }

    private TuyaException noResponse(CallFailure.Builder facts) {
        if (cause instanceof ProtocolViolationException) {
            return new TuyaTransportException(
                    facts.retryable(true)
                            .hint("Check whether a proxy or gateway changes the connection to the message service.")
                            .build(),
                    "no connection to " + host + ": " + cause.getMessage(),
                    Sent.NO,
                    cause);
        }
        IOException failure = cause instanceof IOException io ? io : new IOException("no response", cause);
        return new TuyaTransportException(
                facts.retryable(true).hint(NoResponse.hint(failure)).build(),
                "no connection to " + host + ": " + NoResponse.reason(failure, false, elapsed),
                Sent.NO,
                cause);
    }

    private String reason() {
        return switch (httpStatus) {
            case BAD_REQUEST, NOT_FOUND -> "the message service does not know this environment or subscription";
            case CONFLICT ->
                lostBefore
                        ? "the subscription is in use, most likely by this program's lost connection, otherwise by another program"
                        : "the subscription is in use by another program, exclusively or with another subscription type";
            default ->
                httpStatus >= SERVER_ERROR
                        ? "the message service is not available at " + host
                        : "the message service refuses the handshake at " + host;
        };
    }

    private @Nullable String hint() {
        return switch (httpStatus) {
            case BAD_REQUEST, NOT_FOUND ->
                "Check in the Tuya console that the message service is enabled for this environment and that a subscription "
                        + "with this suffix exists.";
            case CONFLICT ->
                "Connecting is retried until the subscription is free. Programs that share a subscription must use the same type, "
                        + "but not EXCLUSIVE; use another subscription suffix for a separate subscription.";
            default -> null;
        };
    }
}
