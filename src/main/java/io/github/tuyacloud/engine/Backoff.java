package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.RetryPolicy;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Computes the wait before a retry: doubling, capped, with up to 25 % random jitter subtracted. */
public final class Backoff {

    private static final double MAX_JITTER = 0.25;

    private final RetryPolicy policy;
    private final DoubleSupplier random;

    /** Creates a backoff; {@code random} supplies numbers from 0 inclusive to 1 exclusive. */
    public Backoff(RetryPolicy policy, DoubleSupplier random) {
        this.policy = policy;
        this.random = random;
    }

    /** Returns a backoff with another policy. */
    Backoff with(RetryPolicy other) {
        return new Backoff(other, random);
    }

    RetryPolicy policy() {
        return policy;
    }

    int maxRetries() {
        return policy.maxRetries();
    }

    /** Returns the wait before a retry; the first retry is 1. */
    Duration before(int retry) {
        return doubled(retry, policy.firstDelay(), policy.maxDelay(), MAX_JITTER * random.getAsDouble());
    }

    /**
     * Returns a wait that doubles with each attempt, up to a maximum.
     *
     * @param attempt the number of the wait; the first wait is 1
     * @param first the first wait
     * @param longest the maximum wait
     * @param jitter the fraction that is subtracted, from 0 to 1
     */
    public static Duration doubled(int attempt, Duration first, Duration longest, double jitter) {
        Duration wait = first;
        for (int i = 1; i < attempt && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        Duration capped = wait.compareTo(longest) > 0 ? longest : wait;
        return Duration.ofNanos((long) (capped.toNanos() * (1 - jitter)));
    }
}
