package io.github.tuyacloud.brokers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for other threads and processes; time during which the machine was suspended does not count. */
final class Patience {
    private static final int LOOKS_PER_SECOND = 50;

    private Patience() {}

    /** A condition that can be checked quickly. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Checks a condition until it holds or the time is up; returns whether it holds. */
    static boolean await(long seconds, Condition condition) throws Exception {
        return await(seconds, LOOKS_PER_SECOND, condition);
    }

    /** Like {@link #await}, but checks only once a second, because each check calls the broker. */
    static boolean awaitSlowly(long seconds, Condition condition) throws Exception {
        return await(seconds, 1, condition);
    }

    /** Waits until a latch is released; returns false on timeout. */
    static boolean await(long seconds, CountDownLatch latch) throws InterruptedException {
        for (long looks = seconds; looks > 0; looks--) {
            if (latch.await(1, TimeUnit.SECONDS)) {
                return true;
            }
        }
        return false;
    }

    private static boolean await(long seconds, int looksPerSecond, Condition condition) throws Exception {
        // Counts checks instead of reading a clock, because a clock keeps running while the machine is suspended.
        for (long looks = seconds * looksPerSecond; looks > 0; looks--) {
            if (condition.holds()) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(1_000 / looksPerSecond);
        }
        return condition.holds();
    }
}
