package io.github.tuyacloud.picture;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Counts calls that have or may have reached the cloud, and limits those that the picture makes on its own within 24 hours;
 * thread-safe.
 */
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

    /**
     * Takes back a counted call that failed, if it definitely never left: an outage must not use up the allowance.
     *
     * @return the number of calls that remain counted, zero or one
     */
    int failed(TuyaException failure, boolean isOwn) {
        if (!neverLeft(failure)) {
            return 1;
        }
        count(-1, isOwn);
        return 0;
    }

    /** Returns whether no attempt of a call may have reached the cloud; that of its token does not matter. */
    private static boolean neverLeft(TuyaException failure) {
        boolean isOfTheToken = failure.operation().startsWith("GET /v1.0/token");
        boolean maybe = failure instanceof TuyaTransportException lost && lost.sent() == Sent.MAYBE;
        return (isOfTheToken || !maybe && failure.httpStatus() < 0)
                && Stream.of(failure.getSuppressed())
                        .allMatch(earlier -> earlier instanceof TuyaException attempt && neverLeft(attempt));
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
