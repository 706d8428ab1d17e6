package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.model.LogEntry;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A log as a lazy stream that holds at most two pages: the current one, and the next one, which is fetched meanwhile.
 */
final class LogStream extends AbstractSpliterator<LogEntry> {

    private final LogReader reader;
    private final ListLimit limit;
    private final CallPipeline pipeline;
    private final WorkerPool workers;
    private Iterator<LogEntry> page = List.<LogEntry>of().iterator();
    private @Nullable Ahead ahead;
    private boolean closed;

    /** The next page, which a worker is fetching. */
    private record Ahead(TaskScope scope, TaskScope.Task<LogPage> page) {

        static Ahead start(TaskScope scope, Callable<LogPage> fetch) {
            return new Ahead(scope, scope.fork(fetch));
        }

        LogPage await() {
            scope.join();
            return page.result();
        }
    }

    private LogStream(LogReader reader, ListLimit limit, CallPipeline pipeline, WorkerPool workers) {
        super(Long.MAX_VALUE, ORDERED | NONNULL | IMMUTABLE);
        this.limit = limit;
        this.pipeline = pipeline;
        this.reader = reader;
        this.workers = workers;
    }

    /** Opens the stream; nothing is fetched before the terminal operation starts. */
    static Stream<LogEntry> open(LogReader reader, ListLimit limit, CallPipeline pipeline, WorkerPool workers) {
        LogStream source = new LogStream(reader, limit, pipeline, workers);
        return StreamSupport.stream(source, false).onClose(source::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super LogEntry> action) {
        while (!page.hasNext()) {
            if (closed || ahead == null && !reader.hasNext()) {
                return false;
            }
            page = nextPage().logs().iterator();
            limit.add(1, reader.operation());
            if (reader.hasNext()) {
                ahead = Ahead.start(workers.openScope(pipeline), reader::next);
            }
        }
        action.accept(page.next());
        return true;
    }

    private LogPage nextPage() {
        Ahead fetching = ahead;
        if (fetching == null) {
            return reader.next();
        }
        try {
            LogPage fetched = fetching.await();
            ahead = null;
            return fetched;
        } catch (RuntimeException | Error e) {
            // If the wait was interrupted, the fetch continues: canceling it would lose its page for a caller that
            // continues reading.
            if (fetching.page().isDone() && !Thread.currentThread().isInterrupted()) {
                ahead = null;
            }
            throw e;
        }
    }

    private void close() {
        closed = true;
        if (ahead != null) {
            ahead.scope().close();
        }
    }
}
