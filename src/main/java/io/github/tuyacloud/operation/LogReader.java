package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.LogEntry;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log page by page, until there are no more pages, enough entries were read, or the cloud repeats a page. The
 * call that succeeded for the first page is used for all pages. Used by one thread at a time.
 */
final class LogReader {

    private final CallPipeline pipeline;
    private final LogService service;
    private LogWindow window;
    private final int maxFetches;
    private final Set<String> seenRowKeys = new HashSet<>();
    private LogService.@Nullable Call call;
    private List<LogEntry> previous = List.of();
    private @Nullable String rowKey;
    private int fetches;
    private long entries;
    private boolean done;
    private boolean repeated;

    /** Creates a reader; the first page determines the log call. */
    LogReader(CallPipeline pipeline, LogService service, LogWindow window, int maxFetches) {
        this.pipeline = pipeline;
        this.service = service;
        this.window = window;
        this.maxFetches = maxFetches;
        this.rowKey = window.query().startRowKey();
        if (rowKey != null) {
            seenRowKeys.add(rowKey);
        }
    }

    /** Returns a reader for another window that uses the same log call. */
    LogReader forWindow(LogWindow other) {
        LogReader reader = new LogReader(pipeline, service, other, maxFetches);
        reader.call = call;
        return reader;
    }

    /** Returns whether {@link #next} has another page to fetch. */
    boolean hasNext() {
        return !done;
    }

    /** Returns the next page; empty if it repeats the previous page under another row key. */
    LogPage next() {
        if (done) {
            throw new NoSuchElementException("the log has been read to its end");
        }
        LogPage page = fetch();
        boolean newRowKey = !page.hasNextPage() || seenRowKeys.add(String.valueOf(page.nextRowKey()));
        boolean samePage = newRowKey && !page.logs().isEmpty() && page.logs().equals(previous);
        previous = page.logs();
        fetches++;
        repeated = samePage || !newRowKey;
        LogPage added = samePage ? page.withoutLogs() : page;
        entries += added.logs().size();
        done = !page.hasNextPage() || repeated || fetches >= maxFetches || isEnough();
        rowKey = page.nextRowKey();
        return added;
    }

    /** Returns the name of the log call. */
    String operation() {
        return "GET " + (call == null ? LogService.Call.DEPRECATED : call).template();
    }

    int fetches() {
        return fetches;
    }

    /** Returns whether the last page repeated an earlier page, or has the row key of one. */
    boolean isCircular() {
        return repeated;
    }

    private LogPage fetch() {
        LogService.Call known = call;
        if (known != null) {
            return fetch(known);
        }
        LogService.Result<LogPage> result = service.read(this::fetch);
        call = result.call();
        return result.value();
    }

    /** Fetches a page. Until the first page has arrived, the window follows corrections of the clock. */
    private LogPage fetch(LogService.Call logCall) {
        ResultReader<LogPage> reader = ResultReader.object(LogPage::of);
        return fetches == 0
                ? pipeline.call(now -> firstRequest(logCall, now), reader)
                : pipeline.call(request(logCall), reader);
    }

    private ApiRequest firstRequest(LogService.Call logCall, Instant now) {
        window = window.at(now);
        return request(logCall);
    }

    private ApiRequest request(LogService.Call logCall) {
        return window.page(logCall.template(), nextSize(), rowKey, fetches == 0);
    }

    private boolean isEnough() {
        DeviceLogQuery query = window.query();
        return query.size() > 0 && entries >= query.size();
    }

    private int nextSize() {
        int requested = window.query().size();
        return requested == 0
                ? LogWindow.MAX_PAGE_SIZE
                : (int) Math.min(LogWindow.MAX_PAGE_SIZE, Math.max(1, requested - entries));
    }
}
