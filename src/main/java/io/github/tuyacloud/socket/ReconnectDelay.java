package io.github.tuyacloud.socket;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Says how long to wait before the next connection: doubling up to half a minute, and less up to a half at random, so that
 * programs that lost theirs together do not come back together.
 */
final class ReconnectDelay {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final double MOST_TAKEN_OFF = 0.5;

    private final DoubleSupplier random;
    private Duration next = FIRST;

    /** Takes random numbers from 0 up to 1. */
    ReconnectDelay(DoubleSupplier random) {
        this.random = random;
    }

    /** The wait now; the one after it will be longer. */
    Duration next() {
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return Duration.ofNanos((long) (wait.toNanos() * (1 - MOST_TAKEN_OFF * random.getAsDouble())));
    }

    /** Starts over, after a connection that was of use. */
    void reset() {
        next = FIRST;
    }
}
