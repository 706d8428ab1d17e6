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
 * Runs concurrent tasks that succeed or fail together: the first failure cancels the others. A task may fork further
 * tasks.
 *
 * <p>Completion of a task allocates no memory and takes no lock, so the caller in {@link #join()} is woken even when
 * memory has run out.
 */
final class TaskScope implements AutoCloseable {

    private final WorkerPool workers;
    private final Duration limit;
    private final List<Task<?>> tasks = new ArrayList<>();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean canceled;
    private volatile @Nullable Thread joining;

    /** Creates a scope; {@link #join} fails if the workers make no progress for this long. */
    TaskScope(WorkerPool workers, Duration limit) {
        this.workers = workers;
        this.limit = limit;
    }

    /** A task; its result is available after {@link #join()} has returned. */
    final class Task<T> extends FutureTask<T> {

        private @Nullable Throwable thrown;

        private Task(Callable<T> call) {
            super(call);
        }

        @Override
        public void run() {
            workers.recordProgress();
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
            workers.recordProgress();
            left.decrementAndGet();
            LockSupport.unpark(joining);
        }

        /** Returns the result; must be called after {@link #join()}. */
        T result() {
            try {
                return get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException("result() was called before join() returned", e);
            }
        }
    }

    /** Starts a task, or cancels it if another task has failed. */
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

    /** Starts a task without a result. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void start(Runnable call) {
        fork(Executors.callable(call));
    }

    /** Records that a task has completed a part, such as a page, which restarts the time limit. */
    void recordProgress() {
        workers.recordProgress();
    }

    /** Waits until all tasks are done, and throws the first failure. */
    void join() {
        joining = Thread.currentThread();
        try {
            workers.await(() -> left.get() == 0 || hasFailed(), limit);
        } catch (InterruptedException e) {
            throw WorkerPool.interrupted(e);
        } finally {
            joining = null;
        }
        Throwable first = failure.get();
        if (first != null && workers.isClosed() || first == null && canceled) {
            // Tasks fail with various exceptions while the client is closing.
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
