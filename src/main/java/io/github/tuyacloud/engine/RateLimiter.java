package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Spaces requests evenly, first come first served: each caller takes the next free slot and waits for it on its own thread.
 */
public final class RateLimiter {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** A year: sums of longer intervals would overflow a long. */
    private static final long LONGEST_INTERVAL = 365L * 24 * 3600 * NANOS_PER_SECOND;

    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;
    private final ReentrantLock lock = new ReentrantLock(true);
    private long nextFree;

    /** Creates a limiter; an infinite rate means no limit. */
    public RateLimiter(double requestsPerSecond, LongSupplier nanoTime, Sleeper sleeper) {
        this.intervalNanos = Math.min(LONGEST_INTERVAL, (long) (NANOS_PER_SECOND / requestsPerSecond));
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
        this.nextFree = nanoTime.getAsLong();
    }

    /** Waits for the next free slot; returns false without taking one if it would come after the deadline. */
    boolean acquire(Deadline deadline) throws InterruptedException {
        if (intervalNanos == 0) {
            return true;
        }
        Duration wait;
        lock.lockInterruptibly();
        try {
            long now = nanoTime.getAsLong();
            long turn = Math.max(0, nextFree - now);
            wait = Duration.ofNanos(turn);
            if (!deadline.allows(wait)) {
                return false;
            }
            nextFree = now + turn + intervalNanos;
        } finally {
            lock.unlock();
        }
        if (!wait.isZero()) {
            sleeper.sleep(wait);
        }
        return true;
    }
}
