package io.github.tuyacloud.operation;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls side by side, so many at a time and no more; its threads are made when first needed, keep no JVM alive, and
 * end when they have been idle for a moment or the client is closed.
 */
public final class WorkerPool implements AutoCloseable {

    private static final long IDLE_SECONDS = 5;
    private static final long GOODBYE_SECONDS = 2;

    private final int maxConcurrency;
    private @Nullable ExecutorService executor;
    private boolean closed;

    /**
     * Sets the bound.
     *
     * @param maxConcurrency how many calls may be under way at a time
     */
    public WorkerPool(int maxConcurrency) {
        this.maxConcurrency = maxConcurrency;
    }

    /** Opens a group of calls that succeed or fail together. */
    TaskScope group() {
        return new TaskScope(this);
    }

    /** Starts one call that belongs to no group. */
    <T> FutureTask<T> start(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        execute(task);
        return task;
    }

    synchronized void execute(Runnable task) {
        if (closed) {
            throw new IllegalStateException("This TuyaCloud is closed");
        }
        if (executor == null) {
            executor = newExecutor();
        }
        executor.execute(task);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Interrupts what is running and waits a moment for the threads to end. */
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
            ending.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a caller gets who is interrupted while others work for him. */
    static TuyaInterruptedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TuyaInterruptedException(
                CallFailure.builder("Waiting for several calls").retryable(true).build(),
                "the thread was interrupted",
                Sent.MAYBE,
                e);
    }

    /** What made a task fail, to be thrown as if it had run on the caller's thread. */
    static RuntimeException causeOf(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException exception ? exception : new IllegalStateException(e);
    }

    private ExecutorService newExecutor() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                maxConcurrency, maxConcurrency, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "tuya-cloud-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
