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

    private final CallPipeline pipeline;
    private final WorkerPool workers;

    /**
     * Reads logs through a pipeline.
     *
     * @param pipeline the way to the cloud
     * @param workers fetches ahead
     */
    public DeviceLogs(CallPipeline pipeline, WorkerPool workers) {
        this.pipeline = pipeline;
        this.workers = workers;
    }

    /**
     * Reads a part of a log.
     *
     * @param deviceId the device
     * @param query which part
     * @return the entries, and where to go on
     */
    public DeviceLog read(String deviceId, DeviceLogQuery query) {
        if (query.windows() > 1) {
            return new ParallelLog(pipeline, workers, window(deviceId, query)).read();
        }
        LogReader reader = new LogReader(
                pipeline, window(deviceId, query), query.maxFetches().orElse(DEFAULT_MAX_FETCHES));
        List<LogEntry> logs = new ArrayList<>();
        LogPage page;
        do {
            page = reader.next();
            logs.addAll(page.logs());
        } while (reader.hasNext());
        // Where the keys lead round, hasNext says so: a caller who goes on while it is true would go round and round.
        boolean hasNext = page.hasNext() && !reader.wentInCircle();
        return new DeviceLog(logs, hasNext, page.nextRowKey(), reader.fetches(), page.extra());
    }

    /**
     * Opens a log as a stream.
     *
     * @param deviceId the device
     * @param query which part; without {@code maxFetches} to its end
     * @return a lazy stream
     */
    public Stream<LogEntry> stream(String deviceId, DeviceLogQuery query) {
        if (query.windows() > 1) {
            ParallelLog log = new ParallelLog(pipeline, workers, window(deviceId, query));
            return Stream.of(log).flatMap(parallel -> parallel.read().logs().stream());
        }
        return LogStream.open(
                new LogReader(
                        pipeline, window(deviceId, query), query.maxFetches().orElse(Integer.MAX_VALUE)),
                workers);
    }

    private LogWindow window(String deviceId, DeviceLogQuery query) {
        return LogWindow.of(deviceId, query, pipeline.now());
    }
}
