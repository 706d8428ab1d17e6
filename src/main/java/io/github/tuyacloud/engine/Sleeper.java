package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits; tests put another one in its place and wait for nothing. */
@FunctionalInterface
public interface Sleeper {

    /** Blocks the calling thread. */
    Sleeper THREAD = wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos());

    /**
     * Waits.
     *
     * @param wait how long
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void sleep(Duration wait) throws InterruptedException;
}
