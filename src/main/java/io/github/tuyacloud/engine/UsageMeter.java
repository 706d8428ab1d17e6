package io.github.tuyacloud.engine;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests by endpoint and month, and refuses those beyond a budget; safe for use by multiple threads.
 *
 * <p>A request takes a place before it is sent. It gives the place back if it definitely never left, so that an outage
 * does not use up the budget.
 *
 * <p>Counts are never lost to a wrong clock: they are dropped only when a later month begins, and taken up again if that
 * turns out to be wrong. A month has begun for certain when the cloud has accepted a request in it, because the cloud
 * refuses requests whose time is wrong.
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
    private Counts current;
    private Duration offset;

    /** The counts of a month, which a request that has taken a place refers to. All access is under the lock. */
    static final class Counts {

        /** The first instant of the month in UTC. */
        private Instant start;

        /** The first instant of the next month. */
        private Instant end;

        private Instant since;
        private long total;
        private long underWay;
        private final Map<String, long[]> byEndpoint = new HashMap<>();

        /** Whether the cloud has accepted a request in this month. */
        private boolean proven;

        /** The counts before these, as long as they may turn out to be the right ones; else null. */
        private @Nullable Counts before;

        /** The counts that these were added to because this month had not begun; else null. */
        private @Nullable Counts heir;

        private Counts(Instant since, @Nullable Counts before) {
            this.start = startOfMonth(since, 0);
            this.end = startOfMonth(since, 1);
            this.since = since;
            this.before = before;
        }

        private void moveTo(Instant newSince) {
            start = startOfMonth(newSince, 0);
            end = startOfMonth(newSince, 1);
            since = newSince;
        }

        /**
         * Returns whether a budget has room for one more request. Until a new month is proven, the budget is for it and the
         * months before together, and beyond that for one request at a time.
         */
        private boolean hasRoom(long budget) {
            long all = total;
            for (Counts earlier = before; earlier != null && underWay > 0; earlier = earlier.before) {
                all += earlier.total;
            }
            return total < budget && all < budget;
        }

        private void add(String endpoint, long requests) {
            total += requests;
            String name = nameOf(endpoint);
            long[] count = byEndpoint.get(name);
            if (count == null) {
                count = new long[1];
                byEndpoint.put(name, count);
            }
            count[0] += requests;
        }

        private void remove(String endpoint) {
            String name = byEndpoint.containsKey(endpoint) ? endpoint : OTHER;
            long[] count = byEndpoint.get(name);
            total--;
            if (count != null && --count[0] == 0) {
                byEndpoint.remove(name);
            }
        }

        private String nameOf(String endpoint) {
            return byEndpoint.containsKey(endpoint) || byEndpoint.size() < MOST_ENDPOINTS ? endpoint : OTHER;
        }

        /** Adds these counts to earlier ones because this month has not begun; returns those. */
        private Counts addTo(Counts earlier) {
            byEndpoint.forEach((endpoint, count) -> earlier.add(endpoint, count[0]));
            earlier.underWay += underWay;
            heir = earlier;
            return earlier;
        }

        /** Records that the cloud has accepted a request at this time. */
        private void prove(Instant now) {
            if (now.isBefore(start)) {
                // The clock was ahead when this month began, and has been set right since.
                moveTo(now);
            }
            proven = true;
            before = null;
        }

        private Counts valid() {
            Counts counts = this;
            while (counts.heir != null) {
                counts = counts.heir;
            }
            return counts;
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
        this.offset = clock.offset();
        this.current = new Counts(clock.now(), null);
    }

    /** Takes a place for a request that is about to be sent, or refuses the request. */
    Counts reserve(ApiRequest request) {
        lock.lock();
        try {
            Counts counts = ofThisMonth();
            if (!counts.hasRoom(monthlyBudget)) {
                throw overBudget(request, counts);
            }
            counts.add(request.operation(), 1);
            counts.underWay++;
            return counts;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Settles the place of a request that is over.
     *
     * @param place the place
     * @param request the request
     * @param arrived false if it definitely never left, which gives the place back
     * @param accepted whether the cloud carried it out, and so accepted its time
     */
    void settle(Counts place, ApiRequest request, boolean arrived, boolean accepted) {
        lock.lock();
        try {
            Counts counts = place.valid();
            counts.underWay--;
            if (!arrived) {
                counts.remove(request.operation());
            } else if (accepted && !counts.proven) {
                counts.prove(clock.now());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the counts.
     *
     * @return the current month's requests, those under way included
     */
    public Usage usage() {
        lock.lock();
        try {
            Counts counts = ofThisMonth();
            Map<String, Long> byEndpoint = new TreeMap<>();
            counts.byEndpoint.forEach((operation, count) -> byEndpoint.put(operation, count[0]));
            return new Usage(counts.total, byEndpoint, counts.since);
        } finally {
            lock.unlock();
        }
    }

    private Counts ofThisMonth() {
        Duration newOffset = clock.offset();
        Instant now = clock.localNow().plus(newOffset);
        if (!newOffset.equals(offset)) {
            correct(newOffset);
        }
        while (current.before != null && now.isBefore(current.start)) {
            current = current.addTo(current.before);
        }
        if (!now.isBefore(current.end)) {
            current = new Counts(startOfMonth(now, 0), current);
        }
        return current;
    }

    /** Moves counts that were begun by a wrong clock to their right time, after the cloud has corrected it. */
    private void correct(Duration newOffset) {
        if (current.before == null && !current.proven) {
            current.moveTo(current.since.plus(newOffset.minus(offset)));
        }
        offset = newOffset;
    }

    private static Instant startOfMonth(Instant moment, int monthsLater) {
        YearMonth month = YearMonth.from(moment.atOffset(ZoneOffset.UTC)).plusMonths(monthsLater);
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private TuyaQuotaException overBudget(ApiRequest request, Counts counts) {
        boolean undecided = counts.underWay > 0;
        return new TuyaQuotaException(
                CallFailure.builder(request.operation())
                        .retryable(undecided)
                        .hint("Raise monthlyBudget, or call less; usage() shows what was called.")
                        .build(),
                "not sent: the monthly budget of " + monthlyBudget + " requests is used up "
                        + (undecided
                                ? "if the " + counts.underWay + " under way reach the cloud"
                                : "until " + counts.end),
                undecided ? null : Duration.between(clock.now(), counts.end));
    }
}
