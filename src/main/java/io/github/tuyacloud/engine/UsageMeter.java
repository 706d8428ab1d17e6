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
    private YearMonth month;
    private Instant since;
    private long total;

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
        this.month = monthOf(since);
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
        YearMonth current = monthOf(now);
        if (!current.equals(month)) {
            month = current;
            since = current.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            total = 0;
            byEndpoint.clear();
        }
    }

    private TuyaQuotaException overBudget(ApiRequest request) {
        Instant next = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        return new TuyaQuotaException(
                CallFailure.of(request.operation())
                        .withAdvice(false, "Raise monthlyBudget, or call less; usage() shows what was called."),
                "not sent: the monthly budget of " + monthlyBudget + " requests is used up until " + next,
                Duration.between(clock.now(), next));
    }

    private static YearMonth monthOf(Instant moment) {
        return YearMonth.from(moment.atOffset(ZoneOffset.UTC));
    }
}
