package io.github.tuyacloud.picture;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Counts the calls that may have reached the cloud, and limits the calls that the picture makes on its own in 24 hours;
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

    /** Counts calls; only the picture's own calls are limited. */
    synchronized void count(int calls, boolean isOwn) {
        total += calls;
        own += isOwn ? calls : 0;
    }

    /**
     * Uncounts a failed call that was definitely not sent, because an outage must not use up the allowance.
     *
     * @return the number of calls that remain counted, zero or one
     */
    int failed(TuyaException failure, boolean isOwn) {
        if (!definitelyNotSent(failure)) {
            return 1;
        }
        count(-1, isOwn);
        return 0;
    }

    /** Returns whether no attempt of a call can have reached the cloud. Attempts to fetch its token do not count. */
    private static boolean definitelyNotSent(TuyaException failure) {
        boolean isTokenCall = failure.operation().startsWith("GET /v1.0/token");
        boolean maybe = failure instanceof TuyaTransportException lost && lost.sent() == Sent.MAYBE;
        return (isTokenCall || !maybe && failure.httpStatus() < 0)
                && Stream.of(failure.getSuppressed())
                        .allMatch(earlier -> earlier instanceof TuyaException attempt && definitelyNotSent(attempt));
    }

    synchronized long total() {
        return total;
    }

    /** Returns whether the picture may make another call on its own. */
    synchronized boolean hasRemaining() {
        if (time.since(dayStart).compareTo(DAY) >= 0) {
            dayStart = time.moment();
            ownAtDayStart = own;
        }
        return own - ownAtDayStart < maxPerDay;
    }
}
