package io.github.tuyacloud.socket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Decides when another drain is worth waking a thread. Guarded by the lock of {@link OrderedExecutor}.
 *
 * <p>While handlers are fast, the running threads get more done than one more thread could in the time that it takes to
 * wake up. Another drain starts if all drains are inside a handler, and handlers are slow on average or none of them
 * has returned for a while. For fast handlers, more than one drain starts only for a backlog, at most one for each idle
 * processor, and surplus drains end.
 */
final class DrainCount {

    /**
     * The time after which usually fast handlers are checked: longer than a thread on a busy machine waits for a
     * processor, so that such a wait does not look like a slow handler.
     */
    static final Duration CHECK_AFTER = Duration.ofMillis(50);

    /** Several times the time it takes to wake a thread. */
    private static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** Caps a single measurement, because a thread that waited for a processor is not a slow handler. */
    private static final long MAX_NANOS = 2 * SLOW_NANOS;

    private static final int WEIGHT = 8;
    private static final int BACKLOG = 64;

    private final int max;
    private final int processors;
    private int drains;
    private int handlers;
    private long handled;
    private long usualNanos = MAX_NANOS;
    private long handledAtCheck;
    private boolean checkPending;
    private boolean stuck;
    private boolean resubmissionPending;
    private boolean rejected;

    /**
     * Creates a count of zero.
     *
     * @param max the maximum number of drains
     * @param processors the maximum number of drains for CPU-bound work
     */
    DrainCount(int max, int processors) {
        this.max = max;
        this.processors = processors;
    }

    /** Counts another drain and returns true, if one is worth starting for the backlog. */
    boolean reserve(int backlog) {
        boolean worthIt =
                drains == 0 || drains == handlers && (stuck || isSlow()) || drains < processors && backlog >= BACKLOG;
        boolean reserves = worthIt && !resubmissionPending && drains < max;
        if (reserves) {
            drains++;
            stuck = false;
        }
        return reserves;
    }

    private boolean isSlow() {
        return usualNanos >= SLOW_NANOS;
    }

    /** Returns whether a drain can end although there is work, because another drain outside the handlers continues. */
    boolean isSurplus() {
        return drains > processors && drains - handlers > 1 && !isSlow();
    }

    /** Returns whether the caller must schedule a {@link #check}, because all drains are inside handlers. */
    boolean reserveCheck() {
        boolean reserves = !checkPending && !resubmissionPending && drains == handlers && drains < max;
        if (reserves) {
            checkPending = true;
            handledAtCheck = handled;
        }
        return reserves;
    }

    /** Allows one more drain if no handler has returned since {@link #reserveCheck}. */
    void check() {
        checkPending = false;
        stuck = handled == handledAtCheck;
    }

    void enterHandler() {
        handlers++;
        // The executor accepts work again.
        rejected = false;
    }

    void leaveHandler(long nanos) {
        handlers--;
        handled++;
        usualNanos += (Math.min(nanos, MAX_NANOS) - usualNanos) / WEIGHT;
    }

    void ended() {
        drains--;
    }

    /**
     * Removes a drain that the executor rejected. Returns whether this is the first rejection that leaves no drain
     * running.
     */
    boolean rejected() {
        drains--;
        resubmissionPending = true;
        boolean first = drains == 0 && !rejected;
        rejected |= first;
        return first;
    }

    /** Allows another drain to be submitted after a rejection. */
    void allowResubmission() {
        resubmissionPending = false;
    }
}
