package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The moment by which one call must be over, on the monotonic clock, so that setting the wall clock changes nothing. */
final class Deadline {

    private final LongSupplier nanoTime;
    private final long endNanos;
    private final Duration span;
    private @Nullable Duration refusedWait;

    private Deadline(LongSupplier nanoTime, Duration span) {
        this.nanoTime = nanoTime;
        this.span = span;
        this.endNanos = nanoTime.getAsLong() + span.toNanos();
    }

    static Deadline in(Duration span, LongSupplier nanoTime) {
        return new Deadline(nanoTime, span);
    }

    /** What is left, never negative. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - nanoTime.getAsLong()));
    }

    boolean expired() {
        return endNanos - nanoTime.getAsLong() <= 0;
    }

    /** Returns whether a wait ends before the deadline. */
    boolean allows(Duration wait) {
        if (wait.compareTo(remaining()) < 0) {
            return true;
        }
        refusedWait = wait;
        return false;
    }

    /** Returns the wait that was last too long, or null: with more time, the call would have gone on. */
    @Nullable
    Duration refusedWait() {
        return refusedWait;
    }

    /** The whole time that was given. */
    Duration span() {
        return span;
    }
}
