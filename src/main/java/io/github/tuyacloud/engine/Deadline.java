package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The time limit of one call, on the monotonic clock, so that changes of the wall clock do not affect it. */
public final class Deadline {

    /** How late a waiting caller notices that the client was closed, if the thread it waits for does not end with it. */
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final LongSupplier nanoTime;
    private final long endNanos;
    private final Duration span;
    private final AtomicBoolean closed;
    private @Nullable Duration refusedWait;

    private Deadline(LongSupplier nanoTime, Duration span, AtomicBoolean closed) {
        this.nanoTime = nanoTime;
        this.span = span;
        this.closed = closed;
        this.endNanos = nanoTime.getAsLong() + span.toNanos();
    }

    /** Returns the deadline of a call that begins now, of a client that may be closed meanwhile. */
    static Deadline in(Duration span, LongSupplier nanoTime, AtomicBoolean closed) {
        return new Deadline(nanoTime, span, closed);
    }

    /** Returns the remaining time, never negative. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - nanoTime.getAsLong()));
    }

    /** Returns the remaining time, but at most half of the whole. */
    Duration atMostHalf() {
        return Duration.ofNanos(Math.max(0, Math.min(endNanos - nanoTime.getAsLong(), span.toNanos() / 2)));
    }

    boolean expired() {
        return endNanos - nanoTime.getAsLong() <= 0;
    }

    /** Returns whether a wait ends before the deadline. */
    boolean allows(Duration wait) {
        if (wait.compareTo(remaining()) < 0) {
            return true;
        }
        refuse(wait);
        return false;
    }

    /** Notes a wait that did not fit. */
    void refuse(Duration wait) {
        refusedWait = wait;
    }

    /**
     * Waits for another thread, even one that runs code of the user's and may never come back.
     *
     * @param done what that thread counts down
     * @param patience the longest wait, within this deadline
     * @return false if the patience ended first
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws IllegalStateException if the client is closed meanwhile
     */
    boolean await(CountDownLatch done, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            if (done.await(Math.min(left, CHECK_NANOS), TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (closed.get()) {
                throw Closed.client();
            }
            if (left <= CHECK_NANOS) {
                return false;
            }
        }
    }

    /** Returns the last wait that did not fit, or null: with more time, the call would have continued. */
    @Nullable
    Duration refusedWait() {
        return refusedWait;
    }

    /** Returns the whole time limit. */
    Duration span() {
        return span;
    }
}
