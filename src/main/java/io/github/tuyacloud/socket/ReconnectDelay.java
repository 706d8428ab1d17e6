package io.github.tuyacloud.socket;

import io.github.tuyacloud.engine.Backoff;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The delay before the next connection: it doubles up to half a minute, with up to 50 % random jitter subtracted, so
 * that programs that lost their connections at the same time do not reconnect at the same time.
 */
final class ReconnectDelay {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final double MAX_JITTER = 0.5;

    private final DoubleSupplier random;
    private int attempt;

    /** Creates a delay with random numbers from 0 inclusive to 1 exclusive. */
    ReconnectDelay(DoubleSupplier random) {
        this.random = random;
    }

    /** Returns the next delay; the one after it is longer. */
    Duration next() {
        attempt++;
        return Backoff.doubled(attempt, FIRST, LONGEST, MAX_JITTER * random.getAsDouble());
    }

    /** Starts over, after a connection that was useful. */
    void reset() {
        attempt = 0;
    }
}
