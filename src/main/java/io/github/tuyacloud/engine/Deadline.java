package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The deadline of one call, on the monotonic clock. */
public final class Deadline {

    /** The interval at which a waiting caller checks whether the client was closed. */
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

    /** Returns a deadline; {@code closed} ends waits early. */
    static Deadline in(Duration span, LongSupplier nanoTime, AtomicBoolean closed) {
        return new Deadline(nanoTime, span, closed);
    }

    /** Returns the remaining time; never negative. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - nanoTime.getAsLong()));
    }

    /** Returns the remaining time, but at most half of the time limit. */
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

    /** Records a wait that would have exceeded the deadline. */
    void refuse(Duration wait) {
        refusedWait = wait;
    }

    /**
     * Waits for another thread, which may run the user's code and never finish.
     *
     * @param done the latch that the other thread counts down
     * @param limit the maximum wait, within this deadline
     * @return false if the wait timed out
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws IllegalStateException if the client is closed during the wait
     */
    boolean await(CountDownLatch done, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            if (done.await(Math.min(left, CHECK_NANOS), TimeUnit.NANOSECONDS)) {
                return true;
            }
            checkOpen();
            if (left <= CHECK_NANOS) {
                return false;
            }
        }
    }

    /**
     * Checks that the client is still open.
     *
     * @throws IllegalStateException if it was closed
     */
    void checkOpen() {
        if (closed.get()) {
            throw Closed.client();
        }
    }

    /**
     * Returns the last wait that would have exceeded the deadline, or null. With more time, the call would have
     * continued.
     */
    @Nullable
    Duration refusedWait() {
        return refusedWait;
    }

    /** Returns the whole time limit. */
    Duration span() {
        return span;
    }
}
