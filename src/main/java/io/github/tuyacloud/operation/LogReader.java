package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.model.DeviceLogQuery;
import java.time.Instant;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log page by page, each from where the one before ended, until there is no more, enough has been read, or the
 * cloud leads in a circle; for one thread at a time.
 */
final class LogReader {

    private final CallPipeline pipeline;
    private LogWindow window;
    private final int maxFetches;
    private final Set<String> seen = new HashSet<>();
    private @Nullable String rowKey;
    private int fetches;
    private long entries;
    private boolean done;
    private boolean circle;

    LogReader(CallPipeline pipeline, LogWindow window, int maxFetches) {
        this.pipeline = pipeline;
        this.window = window;
        this.maxFetches = maxFetches;
        this.rowKey = window.query().startRowKey();
        if (rowKey != null) {
            seen.add(rowKey);
        }
    }

    /** Whether {@link #next} has another page to fetch. */
    boolean hasNext() {
        return !done;
    }

    /** Fetches the next page. */
    LogPage next() {
        if (done) {
            throw new NoSuchElementException("the log has been read to its end");
        }
        LogPage page = fetches == 0 ? fetchFirst() : fetchLater();
        fetches++;
        entries += page.logs().size();
        circle = page.leadsOn() && !seen.add(String.valueOf(page.nextRowKey()));
        done = !page.leadsOn() || circle || fetches >= maxFetches || isEnough();
        rowKey = page.nextRowKey();
        return page;
    }

    /** The window moves with the clock until the first page has arrived. */
    private LogPage fetchFirst() {
        return pipeline.call(this::requestAt, ResultReader.object(LogPage::of));
    }

    private ApiRequest requestAt(Instant now) {
        window = window.at(now);
        return request();
    }

    private LogPage fetchLater() {
        return pipeline.call(request(), ResultReader.object(LogPage::of));
    }

    private ApiRequest request() {
        return window.page(nextSize(), rowKey, fetches == 0);
    }

    int fetches() {
        return fetches;
    }

    /** Whether the last page led back to one read before. */
    boolean wentInCircle() {
        return circle;
    }

    private boolean isEnough() {
        DeviceLogQuery query = window.query();
        return query.size() > 0 && entries >= query.size();
    }

    private int nextSize() {
        int wanted = window.query().size();
        return wanted == 0
                ? LogWindow.LARGEST_PAGE
                : (int) Math.min(LogWindow.LARGEST_PAGE, Math.max(1, wanted - entries));
    }
}
