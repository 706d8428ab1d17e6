package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The production implementation of time and randomness: the JVM's monotonic clock, blocking waits, and random numbers.
 */
public final class SystemTime implements LongSupplier, Sleeper, DoubleSupplier {

    private final CountDownLatch over = new CountDownLatch(1);

    /** Returns the time of the monotonic clock in nanoseconds. */
    @Override
    public long getAsLong() {
        return System.nanoTime();
    }

    /** Returns a random number from 0 inclusive to 1 exclusive. */
    @Override
    public double getAsDouble() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    @SuppressWarnings("ResultOfMethodCallIgnored")
    public void sleep(Duration wait) throws InterruptedException {
        over.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void wakeAll() {
        over.countDown();
    }
}
