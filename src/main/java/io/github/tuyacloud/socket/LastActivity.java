package io.github.tuyacloud.socket;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Records when a connection last received anything: a message, a pong, any byte. Uses two clocks, because the monotonic
 * clock may stop while the machine is suspended.
 */
final class LastActivity {

    private final LongSupplier nanoTime;
    private final Clock clock;
    private volatile long nanos;
    private volatile long millis;

    LastActivity(LongSupplier nanoTime, Clock clock) {
        this.nanoTime = nanoTime;
        this.clock = clock;
        record();
    }

    /** Records that something was received now. */
    void record() {
        nanos = nanoTime.getAsLong();
        millis = clock.millis();
    }

    /** Returns the time of the last activity by the monotonic clock. */
    long nanos() {
        return nanos;
    }

    Instant at() {
        return Instant.ofEpochMilli(millis);
    }

    /** Returns the time since the last activity, by whichever clock measured more. */
    Duration silence() {
        Duration monotonic = Duration.ofNanos(nanoTime.getAsLong() - nanos);
        Duration wall = Duration.ofMillis(clock.millis() - millis);
        return wall.compareTo(monotonic) > 0 ? wall : monotonic;
    }
}
