package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.Closed;
import io.github.tuyacloud.model.LogEntry;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A log as a lazy stream that holds at most two pages: the current one, and the next one, which is fetched meanwhile.
 */
final class LogStream extends AbstractSpliterator<LogEntry> {

    private final LogReader reader;
    private final WorkerPool workers;
    private Iterator<LogEntry> page = List.<LogEntry>of().iterator();
    private @Nullable FutureTask<LogPage> ahead;
    private boolean closed;

    private LogStream(LogReader reader, WorkerPool workers) {
        super(Long.MAX_VALUE, ORDERED | NONNULL | IMMUTABLE);
        this.reader = reader;
        this.workers = workers;
    }

    /** Opens the stream; nothing is fetched before the terminal operation starts. */
    static Stream<LogEntry> open(LogReader reader, WorkerPool workers) {
        LogStream source = new LogStream(reader, workers);
        return StreamSupport.stream(source, false).onClose(source::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super LogEntry> action) {
        while (!page.hasNext()) {
            if (closed || ahead == null && !reader.hasNext()) {
                return false;
            }
            page = nextPage().logs().iterator();
            if (reader.hasNext()) {
                ahead = workers.start(reader::next);
            }
        }
        action.accept(page.next());
        return true;
    }

    private LogPage nextPage() {
        FutureTask<LogPage> fetching = ahead;
        if (fetching == null) {
            return reader.next();
        }
        try {
            LogPage fetched = fetching.get();
            ahead = null;
            return fetched;
        } catch (InterruptedException e) {
            // The fetch continues: cancelling it would lose its page for a caller that continues reading.
            throw WorkerPool.interrupted(e);
        } catch (CancellationException e) {
            throw Closed.client(e);
        } catch (ExecutionException e) {
            ahead = null;
            throw WorkerPool.causeOf(e);
        }
    }

    private void close() {
        closed = true;
        if (ahead != null) {
            ahead.cancel(true);
        }
    }
}
