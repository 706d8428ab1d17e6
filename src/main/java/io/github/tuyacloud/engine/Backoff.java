package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.RetryPolicy;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Computes the wait before a retry: doubling, capped, with up to 25 % random jitter subtracted. */
final class Backoff {

    private static final double MOST_TAKEN_OFF = 0.25;

    private final RetryPolicy policy;
    private final DoubleSupplier random;

    /** Creates a back-off; {@code random} supplies numbers from 0 to 1. */
    Backoff(RetryPolicy policy, DoubleSupplier random) {
        this.policy = policy;
        this.random = random;
    }

    int maxRetries() {
        return policy.maxRetries();
    }

    /** Returns the wait before retry number {@code retry}, counted from 1. */
    Duration before(int retry) {
        Duration wait = policy.firstDelay();
        for (int i = 1; i < retry && wait.compareTo(policy.maxDelay()) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        Duration capped = wait.compareTo(policy.maxDelay()) > 0 ? policy.maxDelay() : wait;
        return Duration.ofNanos((long) (capped.toNanos() * (1 - MOST_TAKEN_OFF * random.getAsDouble())));
    }
}
