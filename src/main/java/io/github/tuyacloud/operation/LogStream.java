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

/** A log as a lazy stream that holds at most two pages: the current one and the next one, which is prefetched. */
final class LogStream extends AbstractSpliterator<LogEntry> {

    private final LogReader reader;
    private final ListLimit limit;
    private final CallPipeline pipeline;
    private final WorkerPool workers;
    private Iterator<LogEntry> page = List.<LogEntry>of().iterator();
    private @Nullable Prefetch prefetched;
    private boolean closed;

    /** The next page, fetched by a worker. */
    private record Prefetch(TaskScope scope, TaskScope.Task<LogPage> page) {

        static Prefetch start(TaskScope scope, Callable<LogPage> fetch) {
            return new Prefetch(scope, scope.fork(fetch));
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

    /** Opens a stream; nothing is fetched before its terminal operation starts. */
    static Stream<LogEntry> open(LogReader reader, ListLimit limit, CallPipeline pipeline, WorkerPool workers) {
        LogStream source = new LogStream(reader, limit, pipeline, workers);
        return StreamSupport.stream(source, false).onClose(source::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super LogEntry> action) {
        while (!page.hasNext()) {
            if (closed || prefetched == null && !reader.hasNext()) {
                return false;
            }
            page = nextPage().logs().iterator();
            limit.add(1, reader.operation());
            if (reader.hasNext()) {
                prefetched = Prefetch.start(workers.openScope(pipeline), reader::next);
            }
        }
        action.accept(page.next());
        return true;
    }

    private LogPage nextPage() {
        Prefetch fetching = prefetched;
        if (fetching == null) {
            return reader.next();
        }
        try {
            LogPage fetched = fetching.await();
            prefetched = null;
            return fetched;
        } catch (RuntimeException | Error e) {
            // After an interrupt, the fetch continues: canceling it would lose the page for a caller that reads on.
            if (fetching.page().isDone() && !Thread.currentThread().isInterrupted()) {
                prefetched = null;
            }
            throw e;
        }
    }

    private void close() {
        closed = true;
        if (prefetched != null) {
            prefetched.scope().close();
        }
    }
}
