package io.github.tuyacloud.engine;

import java.time.Duration;

/** Waits between attempts; tests replace it. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Waits.
     *
     * @param wait the time to wait
     * @throws InterruptedException if the thread is interrupted
     */
    void sleep(Duration wait) throws InterruptedException;

    /** Ends all current and future waits. */
    default void wakeAll() {}
}
