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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts requests by endpoint and month, and refuses those beyond a budget; safe for use by many threads, which do not wait
 * for one another.
 */
public final class UsageMeter {

    /** As a budget: none. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private final ServerClock clock;
    private final long monthlyBudget;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Counts current;

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

    /** What was counted in a month, since its first moment or that of the meter. */
    private record Counts(Month month, Instant since, AtomicLong total, Map<String, LongAdder> byEndpoint) {

        Counts(Month month, Instant since) {
            this(month, since, new AtomicLong(), new ConcurrentHashMap<>());
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
        Instant now = clock.now();
        this.current = new Counts(Month.of(now), now);
    }

    /** Counts a request that is about to be sent, or refuses it. */
    void count(ApiRequest request) {
        Counts counts = ofThisMonth();
        if (counts.total().getAndUpdate(total -> Math.min(total + 1, monthlyBudget)) >= monthlyBudget) {
            throw overBudget(request, counts.month());
        }
        counts.byEndpoint()
                .computeIfAbsent(request.operation(), operation -> new LongAdder())
                .increment();
    }

    /**
     * Tells what was counted.
     *
     * @return the current month's requests
     */
    public Usage usage() {
        Counts counts = ofThisMonth();
        Map<String, Long> byEndpoint = new TreeMap<>();
        counts.byEndpoint().forEach((operation, count) -> byEndpoint.put(operation, count.sum()));
        long total = byEndpoint.values().stream().mapToLong(Long::longValue).sum();
        return new Usage(total, byEndpoint, counts.since());
    }

    private Counts ofThisMonth() {
        Instant now = clock.now();
        Counts counts = current;
        return counts.month().includes(now) ? counts : startMonth(now);
    }

    private Counts startMonth(Instant now) {
        lock.lock();
        try {
            if (!current.month().includes(now)) {
                Month month = Month.of(now);
                current = new Counts(month, month.start());
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private TuyaQuotaException overBudget(ApiRequest request, Month month) {
        return new TuyaQuotaException(
                CallFailure.of(request.operation())
                        .withAdvice(false, "Raise monthlyBudget, or call less; usage() shows what was called."),
                "not sent: the monthly budget of " + monthlyBudget + " requests is used up until " + month.end(),
                Duration.between(clock.now(), month.end()));
    }
}
