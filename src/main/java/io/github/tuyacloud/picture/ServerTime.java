package io.github.tuyacloud.picture;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cloud's time: the time in the latest response plus the time elapsed since; the local time before the first
 * response. Thread-safe.
 *
 * <p>Elapsed time is measured with the wall clock and the monotonic clock, and the larger result is used, because the
 * monotonic clock may stop while the machine is suspended.
 */
final class ServerTime {

    private final Clock clock;
    private final LongSupplier nanoTime;
    private volatile Known known;
    private boolean learned;

    private record Known(Instant server, Moment at) {}

    /** A moment on both clocks. */
    record Moment(Instant wall, long nanos) {}

    ServerTime(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        Moment now = moment();
        this.known = new Known(now.wall(), now);
    }

    /**
     * Sets the cloud's current time from a response. Because a response spends some time in transit, the latest
     * estimate is the best one; an earlier time is used only if the difference is too large for that. Null is ignored.
     */
    synchronized void learn(@Nullable Instant serverTime) {
        if (serverTime == null) {
            return;
        }
        Instant estimate = now();
        boolean isLate = serverTime.isBefore(estimate) && !serverTime.isBefore(estimate.minus(Ordering.GRACE));
        if (!learned || !isLate) {
            learned = true;
            known = new Known(serverTime, moment());
        }
    }

    /** Returns the cloud's time at an earlier moment. */
    Instant at(Moment moment) {
        return now().minus(since(moment));
    }

    /** Returns the cloud's current time. */
    Instant now() {
        Known newest = known;
        return newest.server().plus(since(newest.at()));
    }

    /** Returns the current moment. */
    Moment moment() {
        return new Moment(clock.instant(), nanoTime.getAsLong());
    }

    /** Returns the time elapsed since a moment; never negative. */
    Duration since(Moment moment) {
        Duration monotonic = Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - moment.nanos()));
        Duration wall = Duration.between(moment.wall(), clock.instant());
        return wall.compareTo(monotonic) > 0 ? wall : monotonic;
    }
}
