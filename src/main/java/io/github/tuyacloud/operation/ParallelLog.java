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
 * Reads a log in concurrent windows; the result has the entries and the order of a sequential read.
 *
 * <p>Tuya does not document whether a window includes its bounds. Therefore, windows overlap slightly at each seam, and
 * each one keeps only the entries within its own share: each entry is kept exactly once. At the outer ends, the cloud
 * decides, as in a sequential read. The first page of the newest window is read first to determine which log call
 * works.
 */
final class ParallelLog {

    /** More than the resolution of event times and the tolerated clock error. */
    private static final Duration OVERLAP = Duration.ofSeconds(1);

    private final CallPipeline pipeline;
    private final WorkerPool workers;
    private final LogService service;
    private final ListLimit limit;
    private LogWindow whole;

    /** The range between two seams, from {@code from} inclusive to {@code to} exclusive; null at an outer end. */
    private record Share(@Nullable Instant from, @Nullable Instant to) {

        boolean contains(LogEntry entry) {
            Instant time = entry.eventTime();
            return time == null || (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
        }
    }

    /** The entries read for a share. */
    private static final class Part {

        private final Share share;
        private final LogReader reader;
        private final ListLimit limit;
        private final List<LogEntry> logs = new ArrayList<>();
        private boolean hasMore;
        private Map<String, @Nullable Object> extra = Map.of();

        Part(Share share, LogReader reader, ListLimit limit) {
            this.share = share;
            this.reader = reader;
            this.limit = limit;
        }

        void readPage() {
            LogPage page = reader.next();
            limit.add(page.logs().size(), reader.operation());
            page.logs().stream().filter(share::contains).forEach(logs::add);
            hasMore = page.hasNext();
            if (reader.fetches() == 1) {
                extra = page.extra();
            }
        }

        Part readToEnd(TaskScope scope) {
            while (reader.hasNext()) {
                readPage();
                scope.recordProgress();
            }
            return this;
        }
    }

    ParallelLog(CallPipeline pipeline, WorkerPool workers, LogService service, LogWindow whole, ListLimit limit) {
        this.limit = limit;
        this.service = service;
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
        // The clock was corrected during the read, so the window was wrong.
        whole = whole.at(pipeline.now());
        return readAll();
    }

    private DeviceLog readAll() {
        List<Share> shares = shares();
        ListLimit ofAll = limit.fresh();
        LogReader first = new LogReader(pipeline, service, windowOf(shares.get(0)), Integer.MAX_VALUE);
        List<Part> parts = new ArrayList<>(List.of(new Part(shares.get(0), first, ofAll)));
        if (!service.isKnown()) {
            parts.get(0).readPage();
        }
        shares.stream().skip(1).forEach(share -> parts.add(new Part(share, first.forWindow(windowOf(share)), ofAll)));
        try (TaskScope scope = workers.openScope(pipeline)) {
            List<TaskScope.Task<Part>> tasks = parts.stream()
                    .map(part -> scope.fork(() -> part.readToEnd(scope)))
                    .toList();
            scope.join();
            return join(tasks.stream().map(TaskScope.Task::result).toList());
        }
    }

    /** Returns the shares, newest first, like the cloud's entries. */
    private List<Share> shares() {
        long millis = Duration.between(whole.start(), whole.end()).toMillis();
        long count = Math.max(1, Math.min(whole.query().parallel(), millis / OVERLAP.toMillis()));
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

    private LogWindow windowOf(Share share) {
        Instant start = share.from() == null ? whole.start() : share.from().minus(OVERLAP);
        Instant end = share.to() == null ? whole.end() : share.to().plus(OVERLAP);
        return whole.between(start, end);
    }

    private static DeviceLog join(List<Part> newestFirst) {
        List<Part> parts = new ArrayList<>(newestFirst);
        if (isOldestFirst(parts)) {
            Collections.reverse(parts);
        }
        List<LogEntry> logs = new ArrayList<>();
        parts.forEach(part -> logs.addAll(part.logs));
        int fetches = parts.stream().mapToInt(part -> part.reader.fetches()).sum();
        // There is no row key for the whole log, because a row key belongs to one window.
        boolean hasMore = parts.stream().anyMatch(part -> part.hasMore);
        return new DeviceLog(logs, hasMore, null, fetches, parts.get(0).extra);
    }

    /**
     * Returns whether entries are oldest first; all known responses are newest first. The majority of pairs decides,
     * because some events arrive at the cloud out of order.
     */
    private static boolean isOldestFirst(List<Part> parts) {
        long ascents = 0;
        for (Part part : parts) {
            for (int i = 1; i < part.logs.size(); i++) {
                Instant before = part.logs.get(i - 1).eventTime();
                Instant after = part.logs.get(i).eventTime();
                ascents += before == null || after == null ? 0 : Integer.signum(after.compareTo(before));
            }
        }
        return ascents > 0;
    }
}
