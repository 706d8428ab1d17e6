package io.github.tuyacloud.config;

import java.time.Duration;
import java.util.Objects;

/**
 * How often and how patiently a failed read is tried again.
 *
 * <p>Before retry <i>n</i> the client waits for {@code firstDelay} doubled <i>n</i>-1 times, at most {@code maxDelay},
 * less up to a quarter at random; when the cloud sends {@code Retry-After}, for that long instead. No wait goes beyond
 * the call timeout. Commands and other writes are sent again only when they surely had no effect.
 *
 * @param maxRetries how many times to try again after the first attempt: 0 to 10
 * @param firstDelay the wait before the first retry: zero or more
 * @param maxDelay the longest wait: at least {@code firstDelay}
 */
public record RetryPolicy(int maxRetries, Duration firstDelay, Duration maxDelay) {

    private static final int MOST_RETRIES = 10;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a component is out of its range
     */
    public RetryPolicy {
        Objects.requireNonNull(firstDelay, "firstDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        if (maxRetries < 0 || maxRetries > MOST_RETRIES) {
            throw new IllegalArgumentException("maxRetries must be 0 to " + MOST_RETRIES + ", not " + maxRetries);
        }
        if (firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "firstDelay must be zero or more and maxDelay at least as long: " + firstDelay + ", " + maxDelay);
        }
    }

    /**
     * The policy of a client that sets none: 2 retries, after 0.5 s and 1 s, at most 8 s.
     *
     * @return the default policy
     */
    public static RetryPolicy defaults() {
        return new RetryPolicy(2, Duration.ofMillis(500), Duration.ofSeconds(8));
    }

    /**
     * Never tries again.
     *
     * @return a policy without retries
     */
    public static RetryPolicy none() {
        return of(0);
    }

    /**
     * Tries again so many times, with the default waits.
     *
     * @param maxRetries 0 to 10
     * @return the policy
     * @throws IllegalArgumentException if {@code maxRetries} is out of range
     */
    public static RetryPolicy of(int maxRetries) {
        return new RetryPolicy(maxRetries, Duration.ofMillis(500), Duration.ofSeconds(8));
    }
}
