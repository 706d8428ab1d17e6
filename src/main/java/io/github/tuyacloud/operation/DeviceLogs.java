package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads device logs, as a list or as a stream. */
public final class DeviceLogs {

    private static final int DEFAULT_MAX_FETCHES = 50;

    private static final String NARROW = "read shorter parts of the log, or ";

    private final CallPipeline pipeline;
    private final WorkerPool workers;
    private final LogService service;
    private final int maxListSize;

    public DeviceLogs(CallPipeline pipeline, WorkerPool workers, LogService service, int maxListSize) {
        this.maxListSize = maxListSize;
        this.service = service;
        this.pipeline = pipeline;
        this.workers = workers;
    }

    /** Returns the entries and the row key of the next page. */
    public DeviceLog read(String deviceId, DeviceLogQuery query) {
        if (query.parallel() > 1) {
            return parallel(deviceId, query).read();
        }
        LogReader reader = new LogReader(
                pipeline, service, window(deviceId, query), query.maxFetches().orElse(DEFAULT_MAX_FETCHES));
        LogPage first = reader.next();
        List<LogEntry> logs = new ArrayList<>(first.logs());
        LogPage page = first;
        while (reader.hasNext()) {
            page = reader.next();
            logs.addAll(page.logs());
        }
        // A caller that continues while hasNext() is true must not follow circular row keys.
        boolean hasNext = page.hasNext() && !reader.isCircular();
        return new DeviceLog(logs, hasNext, page.nextRowKey(), reader.fetches(), first.extra());
    }

    /** Returns the entries as a lazy stream. */
    public Stream<LogEntry> stream(String deviceId, DeviceLogQuery query) {
        if (query.parallel() > 1) {
            return Stream.of(parallel(deviceId, query)).flatMap(parallel -> parallel.read().logs().stream());
        }
        LogReader reader = new LogReader(
                pipeline, service, window(deviceId, query), query.maxFetches().orElse(Integer.MAX_VALUE));
        int maxPages = query.maxFetches().orElse(maxListSize);
        return LogStream.open(reader, new ListLimit(maxPages, "pages", NARROW), pipeline, workers);
    }

    private ParallelLog parallel(String deviceId, DeviceLogQuery query) {
        return new ParallelLog(
                pipeline, workers, service, window(deviceId, query), new ListLimit(maxListSize, "entries", NARROW));
    }

    private LogWindow window(String deviceId, DeviceLogQuery query) {
        return LogWindow.of(deviceId, query, pipeline.now());
    }
}
