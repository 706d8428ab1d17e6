package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.Closed;
import io.github.tuyacloud.engine.DaemonThreads;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads for concurrent requests that the library issues on its own, up to a maximum number. They are daemon
 * threads, started when first needed, and end after a few idle seconds or when the client is closed.
 */
public final class WorkerPool implements AutoCloseable {

    private static final long IDLE_SECONDS = 5;
    private static final long CLOSE_SECONDS = 2;

    private final int maxConcurrency;
    private @Nullable ExecutorService executor;
    private boolean closed;

    public WorkerPool(int maxConcurrency) {
        this.maxConcurrency = maxConcurrency;
    }

    /** Returns the maximum number of concurrent calls. */
    public int maxConcurrency() {
        return maxConcurrency;
    }

    /** Opens a scope for tasks that succeed or fail together. */
    TaskScope openScope() {
        return new TaskScope(this);
    }

    /** Starts a task that belongs to no scope. */
    <T> FutureTask<T> start(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        execute(task);
        return task;
    }

    synchronized void execute(Runnable task) {
        if (closed) {
            throw Closed.client();
        }
        if (executor == null) {
            executor = newExecutor();
        }
        executor.execute(task);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Interrupts running tasks and waits briefly for the threads to end. */
    @Override
    public void close() {
        ExecutorService ending;
        synchronized (this) {
            closed = true;
            ending = executor;
        }
        if (ending == null) {
            return;
        }
        ending.shutdownNow().forEach(task -> {
            if (task instanceof FutureTask<?> waiting) {
                waiting.cancel(true);
            }
        });
        try {
            ending.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the exception for a caller that is interrupted while waiting for workers; restores the interrupt flag. */
    static TuyaInterruptedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TuyaInterruptedException(
                CallFailure.builder("Waiting for several calls").retryable(true).build(),
                "the thread was interrupted",
                Sent.MAYBE,
                e);
    }

    /** Returns the exception of a failed task, to throw as if it had run on the caller's thread. */
    static RuntimeException causeOf(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException exception ? exception : new IllegalStateException(e);
    }

    private ExecutorService newExecutor() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                maxConcurrency,
                maxConcurrency,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThreads.named("tuya-cloud"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
