package io.github.tuyacloud.engine;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** Counts requests by endpoint and month, and refuses those beyond a budget; safe for use by many threads. */
public final class UsageMeter {

    /** As a budget: none. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private final ServerClock clock;
    private final long monthlyBudget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> byEndpoint = new TreeMap<>();
    private Month month;
    private Instant since;
    private long total;

    /** A month in UTC, from its first moment to that of the next, so that most calls take two comparisons to place. */
    private record Month(Instant start, Instant end) {

        static Month of(Instant moment) {
            YearMonth month = YearMonth.from(moment.atOffset(ZoneOffset.UTC));
            return new Month(startOf(month), startOf(month.plusMonths(1)));
        }

        boolean includes(Instant moment) {
            return !moment.isBefore(start) && moment.isBefore(end);
        }

        private static Instant startOf(YearMonth month) {
            return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
    }

    /**
     * Starts counting.
     *
     * @param clock tells the month
     * @param monthlyBudget the most requests a month, or {@link #UNLIMITED}
     */
    public UsageMeter(ServerClock clock, long monthlyBudget) {
        this.clock = clock;
        this.monthlyBudget = monthlyBudget;
        this.since = clock.now();
        this.month = Month.of(since);
    }

    /** Counts a request that is about to be sent, or refuses it. */
    void count(ApiRequest request) {
        lock.lock();
        try {
            startMonthIfNew();
            if (total >= monthlyBudget) {
                throw overBudget(request);
            }
            total++;
            byEndpoint.merge(request.operation(), 1L, Long::sum);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells what was counted.
     *
     * @return the current month's requests
     */
    public Usage usage() {
        lock.lock();
        try {
            startMonthIfNew();
            return new Usage(total, byEndpoint, since);
        } finally {
            lock.unlock();
        }
    }

    private void startMonthIfNew() {
        Instant now = clock.now();
        if (!month.includes(now)) {
            month = Month.of(now);
            since = month.start();
            total = 0;
            byEndpoint.clear();
        }
    }

    private TuyaQuotaException overBudget(ApiRequest request) {
        return new TuyaQuotaException(
                CallFailure.of(request.operation())
                        .withAdvice(false, "Raise monthlyBudget, or call less; usage() shows what was called."),
                "not sent: the monthly budget of " + monthlyBudget + " requests is used up until " + month.end(),
                Duration.between(clock.now(), month.end()));
    }
}
