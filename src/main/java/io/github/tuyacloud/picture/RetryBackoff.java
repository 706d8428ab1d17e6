package io.github.tuyacloud.picture;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backoff after a failed read: it doubles, and starts at the maximum if retrying is unlikely to help. */
final class RetryBackoff {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LAST = Duration.ofMinutes(15);

    private final ServerTime time;
    private ServerTime.@Nullable Moment failedAt;
    private Duration backoff = Duration.ZERO;

    RetryBackoff(ServerTime time) {
        this.time = time;
    }

    void succeeded() {
        failedAt = null;
        backoff = Duration.ZERO;
    }

    /** Starts the next backoff and logs the failure. */
    void failed(Throwable failure) {
        failedAt = time.moment();
        boolean isLasting =
                !(failure instanceof Error) && !(failure instanceof TuyaException known && known.retryable());
        Duration doubled = backoff.isZero() ? FIRST : backoff.multipliedBy(2);
        backoff = isLasting || doubled.compareTo(LAST) > 0 ? LAST : doubled;
        if (failure instanceof TuyaException || failure instanceof IllegalArgumentException) {
            LogSafe.warn(
                    LOG, "Reading the devices failed; retrying in {} s: {}", backoff.toSeconds(), failure.getMessage());
        } else {
            LogSafe.warn(
                    LOG, "Reading the devices failed unexpectedly; retrying in " + backoff.toSeconds() + " s", failure);
        }
    }

    /** Returns whether the backoff has reached its maximum. */
    boolean isLongest() {
        return backoff.equals(LAST);
    }

    /** Returns the time until the next attempt; zero if the last one did not fail. */
    Duration remaining() {
        Duration remaining = failedAt == null ? Duration.ZERO : backoff.minus(time.since(failedAt));
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }
}
