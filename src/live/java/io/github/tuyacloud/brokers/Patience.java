package io.github.tuyacloud.brokers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what other threads and processes do; the time in which the machine stood still does not count. */
final class Patience {
    private static final int LOOKS_PER_SECOND = 50;

    private Patience() {}

    /** A condition that takes little time to check. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Checks a condition until it holds or the patience is used up; returns whether it holds. */
    static boolean await(long seconds, Condition condition) throws Exception {
        return await(seconds, LOOKS_PER_SECOND, condition);
    }

    /** Like {@link #await}, but checks once a second, because checking asks the broker. */
    static boolean awaitSlowly(long seconds, Condition condition) throws Exception {
        return await(seconds, 1, condition);
    }

    /** Waits until a latch is released, at once when it is; returns whether it was. */
    static boolean await(long seconds, CountDownLatch latch) throws InterruptedException {
        for (long looks = seconds; looks > 0; looks--) {
            if (latch.await(1, TimeUnit.SECONDS)) {
                return true;
            }
        }
        return false;
    }

    private static boolean await(long seconds, int looksPerSecond, Condition condition) throws Exception {
        // Counts looks instead of reading a clock, which goes on while a suspended machine does not.
        for (long looks = seconds * looksPerSecond; looks > 0; looks--) {
            if (condition.holds()) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(1_000 / looksPerSecond);
        }
        return condition.holds();
    }
}
