package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.RetryPolicy;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Computes the wait before a retry: doubling, capped, with up to 25 % random jitter subtracted. */
public final class Backoff {

    private static final double MOST_TAKEN_OFF = 0.25;

    private final RetryPolicy policy;
    private final DoubleSupplier random;

    /** Creates a back-off; {@code random} supplies numbers from 0 to 1. */
    public Backoff(RetryPolicy policy, DoubleSupplier random) {
        this.policy = policy;
        this.random = random;
    }

    /** Returns a back-off by another policy. */
    Backoff with(RetryPolicy other) {
        return new Backoff(other, random);
    }

    RetryPolicy policy() {
        return policy;
    }

    int maxRetries() {
        return policy.maxRetries();
    }

    /** Returns the wait before retry number {@code retry}, counted from 1. */
    Duration before(int retry) {
        return doubled(retry, policy.firstDelay(), policy.maxDelay(), MOST_TAKEN_OFF * random.getAsDouble());
    }

    /**
     * Returns a wait that doubles.
     *
     * @param attempt the number of the wait, counted from 1
     * @param first the first wait
     * @param longest the longest wait
     * @param takenOff the part that is subtracted, from 0 to 1
     */
    public static Duration doubled(int attempt, Duration first, Duration longest, double takenOff) {
        Duration wait = first;
        for (int i = 1; i < attempt && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        Duration capped = wait.compareTo(longest) > 0 ? longest : wait;
        return Duration.ofNanos((long) (capped.toNanos() * (1 - takenOff)));
    }
}
