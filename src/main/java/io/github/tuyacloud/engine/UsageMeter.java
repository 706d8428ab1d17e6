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
 * Counts requests by endpoint and month, and refuses those beyond a budget; safe for use by multiple threads, which do not
 * block each other.
 */
public final class UsageMeter {

    /** The value for no budget. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** More endpoints than programs usually call; generated paths beyond it must not fill the memory. */
    private static final int MOST_ENDPOINTS = 1_000;

    private static final String OTHER = "other";

    private final ServerClock clock;
    private final long monthlyBudget;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Counts current;

    /** A month in UTC, as its first and last instants. */
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

    /** The counts of a month, its start or the creation of the meter, and the clock correction at that time. */
    private record Counts(
            Month month, Instant since, Duration offset, AtomicLong total, Map<String, LongAdder> byEndpoint) {

        static Counts start(Month month, Instant since, Duration offset) {
            return new Counts(month, since, offset, new AtomicLong(), new ConcurrentHashMap<>());
        }

        /** Counts one more request in total, unless that exceeds the budget. */
        boolean admit(long budget) {
            long before = total.get();
            while (before < budget && !total.compareAndSet(before, before + 1)) {
                before = total.get();
            }
            return before < budget;
        }

        /** Concurrent threads may exceed the limit by one endpoint each. */
        void increment(String endpoint) {
            LongAdder count = byEndpoint.get(endpoint);
            if (count == null) {
                String name = byEndpoint.size() < MOST_ENDPOINTS ? endpoint : OTHER;
                LongAdder first = new LongAdder();
                LongAdder other = byEndpoint.putIfAbsent(name, first);
                count = other == null ? first : other;
            }
            count.increment();
        }

        /** Returns the same counts with corrected times, after the clock was corrected. */
        Counts at(Duration newOffset) {
            Instant rightSince = since.plus(newOffset.minus(offset));
            return new Counts(Month.of(rightSince), rightSince, newOffset, total, byEndpoint);
        }
    }

    /**
     * Creates a meter.
     *
     * @param clock the time that determines the month
     * @param monthlyBudget the most requests a month, or {@link #UNLIMITED}
     */
    public UsageMeter(ServerClock clock, long monthlyBudget) {
        this.clock = clock;
        this.monthlyBudget = monthlyBudget;
        Instant now = clock.now();
        this.current = Counts.start(Month.of(now), now, clock.offset());
    }

    /** Counts a request that is about to be sent, or refuses it. */
    void count(ApiRequest request) {
        Counts counts = ofThisMonth();
        if (!counts.admit(monthlyBudget)) {
            throw overBudget(request, counts.month());
        }
        counts.increment(request.operation());
    }

    /**
     * Returns the counts.
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
        return counts.month().includes(now) && counts.offset().equals(clock.offset()) ? counts : turnOver();
    }

    private Counts turnOver() {
        lock.lock();
        try {
            Duration offset = clock.offset();
            if (!current.offset().equals(offset)) {
                current = current.at(offset);
            }
            Instant now = clock.now();
            if (!current.month().includes(now)) {
                Month month = Month.of(now);
                current = Counts.start(month, month.start(), offset);
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private TuyaQuotaException overBudget(ApiRequest request, Month month) {
        return new TuyaQuotaException(
                CallFailure.builder(request.operation())
                        .hint("Raise monthlyBudget, or call less; usage() shows what was called.")
                        .build(),
                "not sent: the monthly budget of " + monthlyBudget + " requests is used up until " + month.end(),
                Duration.between(clock.now(), month.end()));
    }
}
