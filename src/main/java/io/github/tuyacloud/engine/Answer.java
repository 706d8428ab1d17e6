package io.github.tuyacloud.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came back over HTTP: the cloud's envelope, or a description of whatever came instead.
 *
 * @param status the HTTP status
 * @param retryAfter the {@code Retry-After} header, or null
 * @param envelope the envelope, or null when the body is none
 * @param roundTrip from the request's leaving to the answer's arriving
 * @param problem what the body is instead, without quoting it; null when there is an envelope
 */
record Answer(
        int status,
        @Nullable String retryAfter,
        @Nullable Envelope envelope,
        Duration roundTrip,
        @Nullable String problem) {

    /** The server's time at this very moment, as far as the answer tells; else null. */
    @Nullable
    Instant serverTime() {
        Instant answered = envelope == null ? null : envelope.serverTime();
        return answered == null ? null : answered.plus(roundTrip.dividedBy(2));
    }

    /** The same with a trace id that can be shown. */
    Answer showing(@Nullable String safeTid) {
        return envelope == null ? this : new Answer(status, retryAfter, envelope.showing(safeTid), roundTrip, problem);
    }

    boolean isSuccessful() {
        return envelope != null && envelope.success() && status >= 200 && status < 300;
    }
}
