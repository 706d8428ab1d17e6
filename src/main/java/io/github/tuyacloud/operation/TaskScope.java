package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.Closed;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Concurrent tasks that succeed or fail together: the first failure cancels the others. A task may fork further ones. */
final class TaskScope implements AutoCloseable {

    private final WorkerPool workers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Task<?>> running = new HashSet<>();
    private @Nullable Throwable failure;

    TaskScope(WorkerPool workers) {
        this.workers = workers;
    }

    /** A task, whose result is available once {@link #join()} has returned. */
    final class Task<T> extends FutureTask<T> {

        private Task(Callable<T> call) {
            super(call);
        }

        @Override
        protected void done() {
            lock.lock();
            try {
                running.remove(this);
                noteFailure();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void noteFailure() {
            try {
                get();
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            } catch (CancellationException | InterruptedException e) {
                failure = failure == null ? Closed.client() : failure;
            }
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
        lock.lock();
        try {
            if (failure != null) {
                task.cancel(false);
                return task;
            }
            running.add(task);
        } finally {
            lock.unlock();
        }
        workers.execute(task);
        return task;
    }

    /** Starts a task without a result; {@link #join()} throws its failure. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void start(Runnable call) {
        fork(Executors.callable(call));
    }

    /** Waits until all tasks are done, and throws the first failure. */
    void join() {
        lock.lock();
        try {
            while (!running.isEmpty() && failure == null) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw WorkerPool.interrupted(e);
        } finally {
            lock.unlock();
        }
        if (failure != null && workers.isClosed()) {
            // Closing the client ends running tasks with various exceptions.
            throw Closed.client(failure);
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    /** Cancels the tasks that are still running. */
    @Override
    public void close() {
        Set<Task<?>> rest;
        lock.lock();
        try {
            failure = failure == null ? new IllegalStateException("the scope is closed") : failure;
            rest = Set.copyOf(running);
        } finally {
            lock.unlock();
        }
        rest.forEach(task -> task.cancel(true));
    }
}
