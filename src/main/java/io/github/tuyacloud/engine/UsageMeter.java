package io.github.tuyacloud.engine;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests by endpoint and month, and rejects requests beyond a budget; safe for use by multiple threads.
 *
 * <p>Budget is reserved before a request is sent, and released if the request was definitely not sent: an outage must
 * not use up the budget.
 *
 * <p>Counts survive a wrong clock: they are replaced only when a later month starts, and restored if the clock turns
 * out to be wrong. A month is confirmed when the cloud has accepted a request in it, because the cloud rejects requests
 * with a wrong time.
 */
public final class UsageMeter {

    /** No budget. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** More endpoints than programs usually call; generated paths must not fill the memory. */
    private static final int MAX_ENDPOINTS = 1_000;

    private static final String OTHER = "other";

    private final ServerClock clock;
    private final long monthlyBudget;
    private final ReentrantLock lock = new ReentrantLock();
    private Counts current;
    private Duration offset;

    /** The counts of a month; also serves as the reservation of a request. Guarded by the lock. */
    static final class Counts {

        /** The first instant of the month in UTC. */
        private Instant start;

        /** The first instant of the next month. */
        private Instant end;

        private Instant since;
        private long total;
        private long pending;
        private final Map<String, long[]> byEndpoint = new HashMap<>();

        /** Whether the cloud has accepted a request in this month. */
        private boolean confirmed;

        /** The previous counts, until this month is confirmed; then null. */
        private @Nullable Counts before;

        /** The counts into which these were merged because this month had not started; else null. */
        private @Nullable Counts mergedInto;

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
         * Returns whether a budget allows one more request. Until a new month is confirmed, the budget covers it and
         * the months before together; beyond that, one request at a time is allowed.
         */
        private boolean hasRoom(long budget) {
            long all = total;
            for (Counts earlier = before; earlier != null && pending > 0; earlier = earlier.before) {
                all += earlier.total;
            }
            return total < budget && all < budget;
        }

        private void add(String endpoint, long requests) {
            total += requests;
            long[] count = byEndpoint.get(endpoint);
            if (count == null) {
                String name = byEndpoint.size() < MAX_ENDPOINTS ? endpoint : OTHER;
                count = byEndpoint.getOrDefault(name, new long[1]);
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

        /** Merges these counts into earlier ones because this month has not started. Returns the earlier counts. */
        private Counts addTo(Counts earlier) {
            byEndpoint.forEach((endpoint, count) -> earlier.add(endpoint, count[0]));
            earlier.pending += pending;
            mergedInto = earlier;
            return earlier;
        }

        /** Records that the cloud has accepted a request at this time. */
        private void confirm(Instant now) {
            if (now.isBefore(start)) {
                // The clock was ahead when this month was started, and has been corrected since.
                moveTo(now);
            }
            confirmed = true;
            before = null;
        }

        private Counts valid() {
            Counts counts = this;
            while (counts.mergedInto != null) {
                counts = counts.mergedInto;
            }
            return counts;
        }
    }

    /**
     * Creates a meter.
     *
     * @param clock determines the month
     * @param monthlyBudget the maximum number of requests a month, or {@link #UNLIMITED}
     */
    public UsageMeter(ServerClock clock, long monthlyBudget) {
        this.clock = clock;
        this.monthlyBudget = monthlyBudget;
        this.offset = clock.offset();
        this.current = new Counts(clock.now(), null);
    }

    /** Reserves budget for a request that is about to be sent. Throws if the budget is used up. */
    Counts reserve(ApiRequest request) {
        lock.lock();
        try {
            Counts counts = ofThisMonth();
            if (!counts.hasRoom(monthlyBudget)) {
                throw overBudget(request, counts);
            }
            counts.add(request.operation(), 1);
            counts.pending++;
            return counts;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Settles the reservation of a completed request.
     *
     * @param reservation the reservation
     * @param request the request
     * @param arrived false if the request was definitely not sent; releases the reservation
     * @param accepted whether the cloud carried the request out, and therefore accepted its time
     */
    void settle(Counts reservation, ApiRequest request, boolean arrived, boolean accepted) {
        lock.lock();
        try {
            Counts counts = reservation.valid();
            counts.pending--;
            if (!arrived) {
                counts.remove(request.operation());
            } else if (accepted && !counts.confirmed) {
                counts.confirm(clock.now());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the counts.
     *
     * @return the requests of the current month, including those in flight
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

    /** Moves counts that were started by a wrong clock to the right time, after the clock was corrected. */
    private void correct(Duration newOffset) {
        if (current.before == null && !current.confirmed) {
            current.moveTo(current.since.plus(newOffset.minus(offset)));
        }
        offset = newOffset;
    }

    private static Instant startOfMonth(Instant moment, int monthsLater) {
        // Without YearMonth, which would create formatters during a program's first call.
        LocalDate firstDay = moment.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
        return firstDay.plusMonths(monthsLater).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private TuyaQuotaException overBudget(ApiRequest request, Counts counts) {
        boolean undecided = counts.pending > 0;
        return new TuyaQuotaException(
                CallFailure.builder(request.operation())
                        .retryable(undecided)
                        .hint("Raise monthlyBudget, or call less; usage() shows what was called.")
                        .build(),
                "not sent: the monthly budget of " + monthlyBudget + " requests is used up "
                        + (undecided
                                ? "if the " + counts.pending + " in flight reach the cloud"
                                : "until " + counts.end),
                undecided ? null : Duration.between(clock.now(), counts.end));
    }
}
