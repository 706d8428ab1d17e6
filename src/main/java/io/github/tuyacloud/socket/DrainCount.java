package io.github.tuyacloud.socket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Decides when another thread is worth its wake-up. Guarded by the lock of {@link OrderedExecutor}.
 *
 * <p>While handlers are quick, the threads that are awake do more in the time that waking another one takes. So another drain
 * starts if all drains are inside a handler and handlers usually are slow, or none of them has ended for a while. Without slow
 * handlers, more than one drain starts only for a backlog, no more than there are idle processors, and surplus drains end.
 */
final class DrainCount {

    /** How long handlers are watched that usually are quick. */
    static final Duration CHECKED_AFTER = Duration.ofMillis(2);

    /** Several times what it takes to wake a thread. */
    private static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** A single time counts as no more than this, because a thread that does not get a processor is no slow handler. */
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
        boolean worthIt =
                drains == 0 || drains == handlers && (stuck || isSlow()) || drains < processors && backlog >= BACKLOG;
        boolean reserves = worthIt && !offerPending && drains < max;
        if (reserves) {
            drains++;
            stuck = false;
        }
        return reserves;
    }

    private boolean isSlow() {
        return usualNanos >= SLOW_NANOS;
    }

    /** Returns whether a drain can end although there is work, because another one outside the handlers goes on. */
    boolean isSurplus() {
        return drains > processors && drains - handlers > 1 && !isSlow();
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

    /** Allows one more drain if no handler has ended since the check was reserved. */
    void check() {
        checkPending = false;
        stuck = handled == handledAtCheck;
    }

    void enterHandler() {
        handlers++;
        // An executor that runs one drain accepts work.
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
