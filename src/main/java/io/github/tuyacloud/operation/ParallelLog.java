package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log in windows side by side, and gives the entries of a single pass in its order.
 *
 * <p>Whether the cloud counts the bounds of a window in is not documented. So each window asks for a little more than its
 * share at every seam, and then keeps just what lies in its share, by the entries' own times: whatever the cloud does, each
 * entry is kept by one window and one only. At the two outer ends the cloud decides, as in a single pass.
 */
final class ParallelLog {

    /** More than the coarsest grain that times could have, and than a clock must be right by. */
    private static final Duration OVERLAP = Duration.ofSeconds(1);

    private final CallPipeline pipeline;
    private final WorkerPool workers;
    private LogWindow whole;

    /** The part of the range between two seams: from {@code from} on, and before {@code to}; null for an outer end. */
    private record Share(@Nullable Instant from, @Nullable Instant to) {

        boolean holds(LogEntry entry) {
            Instant time = entry.eventTime();
            return time == null || (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
        }
    }

    /** What was read of a share; {@code hasMore} when the cloud had not led to its end. */
    private record Part(List<LogEntry> logs, boolean hasMore, int fetches, Map<String, @Nullable Object> extra) {}

    ParallelLog(CallPipeline pipeline, WorkerPool workers, LogWindow whole) {
        this.pipeline = pipeline;
        this.workers = workers;
        this.whole = whole;
    }

    DeviceLog read() {
        Duration offset = pipeline.clockOffset();
        DeviceLog log = readAll();
        Duration change = pipeline.clockOffset().minus(offset).abs();
        if (!whole.relative() || change.compareTo(OVERLAP) < 0) {
            return log;
        }
        // The first answers have put the clock right: what was read was another time.
        whole = whole.at(pipeline.now());
        return readAll();
    }

    private DeviceLog readAll() {
        try (TaskScope scope = workers.openScope()) {
            List<TaskScope.Task<Part>> members = shares().stream()
                    .map(share -> scope.fork(() -> read(share)))
                    .toList();
            scope.join();
            return join(members.stream().map(TaskScope.Task::result).toList());
        }
    }

    /** The shares, newest first, as the cloud orders entries. */
    private List<Share> shares() {
        long millis = Duration.between(whole.start(), whole.end()).toMillis();
        long count = Math.max(1, Math.min(whole.query().windows(), millis / OVERLAP.toMillis()));
        List<Share> shares = new ArrayList<>();
        Instant newer = null;
        for (long i = count - 1; i > 0; i--) {
            Instant seam = whole.start().plusMillis(millis * i / count);
            shares.add(new Share(seam, newer));
            newer = seam;
        }
        shares.add(new Share(null, newer));
        return shares;
    }

    private Part read(Share share) {
        Instant start = share.from() == null ? whole.start() : share.from().minus(OVERLAP);
        Instant end = share.to() == null ? whole.end() : share.to().plus(OVERLAP);
        LogReader reader = new LogReader(pipeline, whole.between(start, end), Integer.MAX_VALUE);
        List<LogEntry> logs = new ArrayList<>();
        boolean hasMore = false;
        Map<String, @Nullable Object> extra = Map.of();
        while (reader.hasNext()) {
            LogPage page = reader.next();
            page.logs().stream().filter(share::holds).forEach(logs::add);
            hasMore = page.hasNext();
            extra = page.extra();
        }
        return new Part(logs, hasMore, reader.fetches(), extra);
    }

    private static DeviceLog join(List<Part> newestFirst) {
        List<Part> parts = new ArrayList<>(newestFirst);
        if (isOldestFirst(parts)) {
            Collections.reverse(parts);
        }
        List<LogEntry> logs = new ArrayList<>();
        parts.forEach(part -> logs.addAll(part.logs()));
        int fetches = parts.stream().mapToInt(Part::fetches).sum();
        // A row key leads on in one window, so none leads on in the whole.
        boolean hasMore = parts.stream().anyMatch(Part::hasMore);
        return new DeviceLog(logs, hasMore, null, fetches, parts.get(0).extra());
    }

    /**
     * The cloud's order is newest first as far as anybody has seen; should it be the other, ours follows. A few events that
     * came to the cloud out of order decide nothing: it is what most neighbours say.
     */
    private static boolean isOldestFirst(List<Part> parts) {
        long ascents = 0;
        for (Part part : parts) {
            for (int i = 1; i < part.logs().size(); i++) {
                Instant before = part.logs().get(i - 1).eventTime();
                Instant after = part.logs().get(i).eventTime();
                ascents += before == null || after == null ? 0 : Integer.signum(after.compareTo(before));
            }
        }
        return ascents > 0;
    }
}
