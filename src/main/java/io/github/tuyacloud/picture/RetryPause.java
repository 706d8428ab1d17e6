package io.github.tuyacloud.picture;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pause after a reading that failed: it doubles, and is the longest at once if retrying is unlikely to help. */
final class RetryPause {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LAST = Duration.ofMinutes(15);

    private final ServerTime time;
    private ServerTime.@Nullable Moment failedAt;
    private Duration pause = Duration.ZERO;

    RetryPause(ServerTime time) {
        this.time = time;
    }

    void succeeded() {
        failedAt = null;
        pause = Duration.ZERO;
    }

    /** Starts the next pause and logs why. */
    void failed(Throwable failure) {
        failedAt = time.moment();
        boolean isLasting =
                !(failure instanceof Error) && !(failure instanceof TuyaException known && known.retryable());
        Duration doubled = pause.isZero() ? FIRST : pause.multipliedBy(2);
        pause = isLasting || doubled.compareTo(LAST) > 0 ? LAST : doubled;
        if (failure instanceof TuyaException || failure instanceof IllegalArgumentException) {
            LogSafe.warn(
                    LOG, "Reading the devices failed; retrying in {} s: {}", pause.toSeconds(), failure.getMessage());
        } else {
            LogSafe.warn(
                    LOG, "Reading the devices failed unexpectedly; retrying in " + pause.toSeconds() + " s", failure);
        }
    }

    /** Returns whether the pauses have become as long as they get. */
    boolean isLongest() {
        return pause.equals(LAST);
    }

    /** Returns the time until the next try; zero if nothing has failed. */
    Duration rest() {
        Duration rest = failedAt == null ? Duration.ZERO : pause.minus(time.since(failedAt));
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
