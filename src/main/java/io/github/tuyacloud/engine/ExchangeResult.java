package io.github.tuyacloud.engine;

import io.github.tuyacloud.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response: the cloud's envelope, or a description of the body if it is something else.
 *
 * @param status the HTTP status
 * @param retryAfter the {@code Retry-After} header, or null
 * @param envelope the envelope, or null if the body is something else
 * @param roundTrip the time from sending the request to receiving the response
 * @param problem a description of the body that does not quote it; null if there is an envelope
 * @param fromServer whether the server sent this response to this request; false if one of the user's interceptors
 *     created it or obtained it in another way
 * @param http the response itself, which knows whether another one followed it; null if that is unknown
 */
record ExchangeResult(
        int status,
        @Nullable String retryAfter,
        @Nullable Envelope envelope,
        Duration roundTrip,
        @Nullable String problem,
        boolean fromServer,
        @Nullable HttpResponse http) {

    /** Returns the server's time when the response arrived; null if it contains no time. */
    @Nullable
    Instant serverTime() {
        Instant stated = envelope == null ? null : envelope.serverTime();
        return stated == null ? null : stated.plus(roundTrip.dividedBy(2));
    }

    /** Returns a copy with a redacted trace id. */
    ExchangeResult withTid(@Nullable String safeTid) {
        return envelope == null
                ? this
                : new ExchangeResult(
                        status, retryAfter, envelope.withTid(safeTid), roundTrip, problem, fromServer, http);
    }

    /** Returns whether another response has arrived after this one, which may then belong to an earlier request. */
    boolean isFollowed() {
        return http != null && http.isFollowed();
    }

    boolean isSuccessful() {
        return envelope != null && envelope.success() && status >= 200 && status < 300;
    }
}
