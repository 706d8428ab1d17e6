package io.github.tuyacloud.socket;

import io.github.tuyacloud.engine.Backoff;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The delay before the next connection attempt: it doubles up to 30 seconds, with up to 50 % random jitter subtracted,
 * because many programs may have lost their connections at the same moment.
 */
final class ReconnectDelay {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(30);
    private static final double MAX_JITTER = 0.5;

    private final DoubleSupplier random;
    private int attempt;

    /** Creates a delay; the supplier returns random numbers from 0 inclusive to 1 exclusive. */
    ReconnectDelay(DoubleSupplier random) {
        this.random = random;
    }

    /** Returns the next, longer delay. */
    Duration next() {
        attempt++;
        return Backoff.doubled(attempt, FIRST, MAX, MAX_JITTER * random.getAsDouble());
    }

    /** Starts over with the shortest delay. */
    void reset() {
        attempt = 0;
    }
}
