package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The time limit of one call, on the monotonic clock, so that changes of the wall clock do not affect it. */
public final class Deadline {

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

    /** Returns the remaining time, never negative. */
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
