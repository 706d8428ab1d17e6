package io.github.tuyacloud.picture;

import java.time.Duration;

/** Counts calls, and limits those that the picture makes on its own within 24 hours; thread-safe. */
final class CallAllowance {

    private static final Duration DAY = Duration.ofDays(1);

    private final ServerTime time;
    private final int maxPerDay;
    private long total;
    private long own;
    private ServerTime.Moment dayStart;
    private long ownAtDayStart;

    CallAllowance(ServerTime time, int maxPerDay) {
        this.time = time;
        this.maxPerDay = maxPerDay;
        this.dayStart = time.moment();
    }

    /** Counts calls; only those that the picture makes on its own are limited. */
    synchronized void count(int calls, boolean isOwn) {
        total += calls;
        own += isOwn ? calls : 0;
    }

    synchronized long total() {
        return total;
    }

    /** Returns whether the picture may make another call on its own. */
    synchronized boolean isLeft() {
        if (time.since(dayStart).compareTo(DAY) >= 0) {
            dayStart = time.moment();
            ownAtDayStart = own;
        }
        return own - ownAtDayStart < maxPerDay;
    }
}
