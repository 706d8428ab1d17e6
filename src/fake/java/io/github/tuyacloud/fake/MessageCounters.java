package io.github.tuyacloud.fake;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Counts deliveries and acknowledgments, and wakes threads that wait for them. */
final class MessageCounters {
    private long delivered;
    private long acknowledged;
    private long negativelyAcknowledged;
    private int mostPending;
    private long changes;

    synchronized void countDelivery(int pendingNow) {
        delivered++;
        mostPending = Math.max(mostPending, pendingNow);
        changed();
    }

    synchronized void countAcknowledgment() {
        acknowledged++;
        changed();
    }

    synchronized void countNegativeAcknowledgment() {
        negativelyAcknowledged++;
        changed();
    }

    /** Wakes waiting threads after any other change. */
    synchronized void changed() {
        changes++;
        notifyAll();
    }

    synchronized long delivered() {
        return delivered;
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    synchronized long negativelyAcknowledged() {
        return negativelyAcknowledged;
    }

    synchronized int mostPending() {
        return mostPending;
    }

    /** Waits for a condition, which is evaluated without holding a lock; returns false on timeout. */
    boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            long seen = changes();
            if (condition.getAsBoolean()) {
                return true;
            }
            if (!awaitChange(seen, deadline)) {
                return condition.getAsBoolean();
            }
        }
    }

    private synchronized long changes() {
        return changes;
    }

    private synchronized boolean awaitChange(long seen, long deadline) throws InterruptedException {
        while (changes == seen) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
