package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits; tests put another one in its place and wait for nothing. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Waits.
     *
     * @param wait how long
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void sleep(Duration wait) throws InterruptedException;

    /** Ends all waits, and those to come: nobody is to wait for what is over. */
    default void wakeAll() {}

    /**
     * Makes one that blocks the calling thread.
     *
     * @return a new sleeper, all of whose sleepers can be woken
     */
    static Sleeper ofThreads() {
        CountDownLatch over = new CountDownLatch(1);
        return new Sleeper() {
            @Override
            @SuppressWarnings("ResultOfMethodCallIgnored")
            public void sleep(Duration wait) throws InterruptedException {
                over.await(wait.toNanos(), TimeUnit.NANOSECONDS);
            }

            @Override
            public void wakeAll() {
                over.countDown();
            }
        };
    }
}
