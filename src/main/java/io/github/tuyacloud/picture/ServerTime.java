package io.github.tuyacloud.picture;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The cloud's time: that of its newest answer plus the time since; thread-safe. Until the first answer it is the local time.
 *
 * <p>The time since is the longer of what the wall clock and the monotonic clock measured: the monotonic clock stands still while
 * a machine is suspended.
 */
final class ServerTime {

    private final Clock clock;
    private final LongSupplier nanoTime;
    private volatile Known known;

    private record Known(Instant server, Moment at) {}

    /** A moment by both clocks. */
    record Moment(Instant wall, long nanos) {}

    ServerTime(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        Moment now = moment();
        this.known = new Known(now.wall(), now);
    }

    /** Notes that it is this time in the cloud now. */
    void learn(Instant serverTime) {
        known = new Known(serverTime, moment());
    }

    /** The time in the cloud. */
    Instant now() {
        Known newest = known;
        return newest.server().plus(since(newest.at()));
    }

    /** This moment. */
    Moment moment() {
        return new Moment(clock.instant(), nanoTime.getAsLong());
    }

    /** The time since a moment, never negative. */
    Duration since(Moment moment) {
        Duration monotonic = Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - moment.nanos()));
        Duration wall = Duration.between(moment.wall(), clock.instant());
        return wall.compareTo(monotonic) > 0 ? wall : monotonic;
    }
}
