package io.github.tuyacloud.socket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Decides when another thread is worth its wake-up. Guarded by the lock of {@link OrderedExecutor}.
 *
 * <p>While handlers are quick, the threads that are awake do more in the time that waking another one takes. So another drain
 * starts if all drains are inside a handler that is slow, either because handlers usually are or because the last one that
 * started has not ended. Without slow handlers, more than one drain starts only for a backlog, and no more than there are idle
 * processors.
 */
final class DrainCount {

    /** How long handlers are watched that usually are quick. */
    static final Duration CHECKED_AFTER = Duration.ofMillis(2);

    /** Several times what it takes to wake a thread. */
    private static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** Handlers are slow until a dozen of them were quick. */
    private static final long USUAL_AT_FIRST = 8 * SLOW_NANOS;

    private static final int WEIGHT = 8;
    private static final int BACKLOG = 64;

    private final int max;
    private final int processors;
    private int drains;
    private int handlers;
    private long handled;
    private long usualNanos = USUAL_AT_FIRST;
    private long handledAtCheck;
    private boolean checkPending;
    private boolean offerPending;
    private boolean rejected;

    /**
     * Creates it without drains.
     *
     * @param max the maximum number of drains
     * @param processors the maximum number of drains for work that only takes processor time
     */
    DrainCount(int max, int processors) {
        this.max = max;
        this.processors = processors;
    }

    /** Counts another drain, if one is worth it for the work that waits. */
    boolean reserve(int backlog) {
        boolean worthIt = drains == 0
                || drains == handlers && usualNanos >= SLOW_NANOS
                || drains < processors && backlog >= BACKLOG;
        boolean reserves = worthIt && !offerPending && drains < max;
        if (reserves) {
            drains++;
        }
        return reserves;
    }

    /** Returns whether the handlers must be checked later, because work waits for them to end. */
    boolean reserveCheck() {
        boolean reserves = !checkPending && !offerPending && drains == handlers && drains < max;
        if (reserves) {
            checkPending = true;
            handledAtCheck = handled;
        }
        return reserves;
    }

    /** Notices handlers that have not ended since the check was reserved. */
    void check() {
        checkPending = false;
        if (handled == handledAtCheck) {
            usualNanos = USUAL_AT_FIRST;
        }
    }

    void enterHandler() {
        handlers++;
        // An executor that runs one drain accepts work.
        rejected = false;
    }

    void leaveHandler(long nanos) {
        handlers--;
        handled++;
        usualNanos += (nanos - usualNanos) / WEIGHT;
    }

    void ended() {
        drains--;
    }

    /** Takes a drain back. Returns whether nothing runs, for the first time since the executor accepted work. */
    boolean rejected() {
        drains--;
        offerPending = true;
        boolean first = drains == 0 && !rejected;
        rejected |= first;
        return first;
    }

    /** Allows another drain after a rejected one. */
    void mayOfferAgain() {
        offerPending = false;
    }
}
