package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Spaces requests evenly, in order of arrival: each caller takes the next free slot and sleeps until then. */
public final class RateLimiter {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** One year; sums of longer intervals would overflow a long. */
    private static final long MAX_INTERVAL = 365L * 24 * 3600 * NANOS_PER_SECOND;

    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;
    private final ReentrantLock lock = new ReentrantLock(true);
    private long nextFree;

    /** Creates a limiter; an infinite rate means no limit. */
    public RateLimiter(double requestsPerSecond, LongSupplier nanoTime, Sleeper sleeper) {
        this.intervalNanos = Math.min(MAX_INTERVAL, (long) (NANOS_PER_SECOND / requestsPerSecond));
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
        this.nextFree = nanoTime.getAsLong();
    }

    /** Waits for the next free slot. Returns false without taking it if it is after the deadline. */
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
