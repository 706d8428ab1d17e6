package io.github.tuyacloud.config;

import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import java.util.Objects;

/**
 * How often a failed read is retried, and after which delays.
 *
 * <p>The delay before retry <i>n</i> is {@code firstDelay} doubled <i>n</i>-1 times, at most {@code maxDelay}, minus up
 * to 25% random jitter. If the cloud sends {@code Retry-After}, that delay is used instead. No delay exceeds the call
 * timeout. Commands and other writes are retried only if they definitely had no effect.
 *
 * @param maxRetries the number of retries after the first attempt: 0 to 10
 * @param firstDelay the delay before the first retry: zero or more
 * @param maxDelay the longest delay: at least {@code firstDelay}
 */
public record RetryPolicy(int maxRetries, Duration firstDelay, Duration maxDelay) {

    private static final int MAX_RETRIES = 10;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a component is out of its range
     */
    public RetryPolicy {
        Objects.requireNonNull(firstDelay, "firstDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        if (maxRetries < 0 || maxRetries > MAX_RETRIES) {
            throw new IllegalArgumentException("maxRetries must be 0 to " + MAX_RETRIES + ", not " + maxRetries);
        }
        if (firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(LogSafe.line(
                    "firstDelay must be zero or more and maxDelay at least as long, not {} and {}",
                    firstDelay,
                    maxDelay));
        }
    }

    /**
     * Returns the default policy: 2 retries, after 0.5 s and 1 s.
     *
     * @return the default policy
     */
    public static RetryPolicy defaults() {
        return new RetryPolicy(2, Duration.ofMillis(500), Duration.ofSeconds(8));
    }

    /**
     * Returns a policy without retries.
     *
     * @return a policy with {@code maxRetries} 0
     */
    public static RetryPolicy none() {
        return of(0);
    }

    /**
     * Returns a policy with the default delays.
     *
     * @param maxRetries 0 to 10
     * @return the policy
     * @throws IllegalArgumentException if {@code maxRetries} is out of range
     */
    public static RetryPolicy of(int maxRetries) {
        return new RetryPolicy(maxRetries, Duration.ofMillis(500), Duration.ofSeconds(8));
    }
}
