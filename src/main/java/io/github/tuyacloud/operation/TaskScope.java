package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.Closed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Concurrent tasks that succeed or fail together: the first failure cancels the others. A task may fork further ones.
 *
 * <p>How a task reports its end allocates nothing and takes no lock, so that the caller in {@link #join()} hears of it even
 * when memory has run out.
 */
final class TaskScope implements AutoCloseable {

    private final WorkerPool workers;
    private final Duration patience;
    private final List<Task<?>> tasks = new ArrayList<>();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean canceled;
    private volatile @Nullable Thread joining;

    /** Creates a scope whose join waits at most this long for the workers to make progress. */
    TaskScope(WorkerPool workers, Duration patience) {
        this.workers = workers;
        this.patience = patience;
    }

    /** A task, whose result is available once {@link #join()} has returned. */
    final class Task<T> extends FutureTask<T> {

        private @Nullable Throwable thrown;

        private Task(Callable<T> call) {
            super(call);
        }

        @Override
        public void run() {
            workers.noteProgress();
            super.run();
        }

        @Override
        protected void setException(Throwable e) {
            thrown = e;
            super.setException(e);
        }

        @Override
        protected void done() {
            if (isCancelled()) {
                canceled = true;
            } else if (thrown != null) {
                failure.compareAndSet(null, thrown);
            }
            workers.noteProgress();
            left.decrementAndGet();
            LockSupport.unpark(joining);
        }

        /** Returns the result; only after {@link #join()}. */
        T result() {
            try {
                return get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException("result() was called before join() returned", e);
            }
        }
    }

    /** Starts a task; after a failure the task is canceled instead. */
    <T> Task<T> fork(Callable<T> call) {
        Task<T> task = new Task<>(call);
        left.incrementAndGet();
        try {
            synchronized (tasks) {
                tasks.add(task);
            }
            if (hasFailed()) {
                task.cancel(false);
            } else {
                workers.execute(task);
            }
            return task;
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            task.cancel(false);
            throw e;
        }
    }

    /** Starts a task without a result; {@link #join()} throws its failure. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void start(Runnable call) {
        fork(Executors.callable(call));
    }

    /** Notes that a task has finished a part, such as a page: its next part has the full time limit. */
    void noteProgress() {
        workers.noteProgress();
    }

    /** Waits until all tasks are done, and throws the first failure. */
    void join() {
        joining = Thread.currentThread();
        try {
            workers.await(() -> left.get() == 0 || hasFailed(), patience);
        } catch (InterruptedException e) {
            throw WorkerPool.interrupted(e);
        } finally {
            joining = null;
        }
        Throwable first = failure.get();
        if (first != null && workers.isClosed() || first == null && canceled) {
            // Closing the client ends running tasks with various exceptions.
            throw Closed.client(first);
        }
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw new IllegalStateException(first);
        }
    }

    private boolean hasFailed() {
        return canceled || failure.get() != null;
    }

    /** Cancels the tasks that are still running. */
    @Override
    public void close() {
        if (!hasFailed()) {
            failure.compareAndSet(null, new IllegalStateException("the scope is closed"));
        }
        synchronized (tasks) {
            for (int i = 0; i < tasks.size(); i++) { // an iterator would need memory
                tasks.get(i).cancel(true);
            }
        }
    }
}
