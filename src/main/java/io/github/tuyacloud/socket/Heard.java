package io.github.tuyacloud.socket;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Tracks when a connection was last heard: a message, a pong, any byte. Two clocks reveal that the machine was
 * suspended.
 */
final class Heard {

    private final LongSupplier nanoTime;
    private final Clock clock;
    private volatile long nanos;
    private volatile long millis;

    Heard(LongSupplier nanoTime, Clock clock) {
        this.nanoTime = nanoTime;
        this.clock = clock;
        now();
    }

    /** Records that it was heard. */
    void now() {
        nanos = nanoTime.getAsLong();
        millis = clock.millis();
    }

    /** Returns when it was heard, by the monotonic clock. */
    long nanos() {
        return nanos;
    }

    Instant at() {
        return Instant.ofEpochMilli(millis);
    }

    /** Returns the time since, by the clock that measured more. */
    Duration silence() {
        Duration monotonic = Duration.ofNanos(nanoTime.getAsLong() - nanos);
        Duration wall = Duration.ofMillis(clock.millis() - millis);
        return wall.compareTo(monotonic) > 0 ? wall : monotonic;
    }
}
