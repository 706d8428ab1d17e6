package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between attempts; tests replace it. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Waits.
     *
     * @param wait the time to wait
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void sleep(Duration wait) throws InterruptedException;

    /** Ends all current and future waits. */
    default void wakeAll() {}

    /**
     * Creates a sleeper that blocks the calling thread.
     *
     * @return a new sleeper
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
