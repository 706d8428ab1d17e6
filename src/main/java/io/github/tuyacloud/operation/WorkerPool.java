package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Closed;
import io.github.tuyacloud.engine.DaemonThreads;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads for concurrent requests that the library issues on its own. They are daemon threads that start on demand
 * and end after a few idle seconds or when the client is closed.
 *
 * <p>A worker must not wait for other workers, because all of them could be waiting. Every wait for workers is limited
 * in time, and replaces workers that were ended by an {@link Error}.
 */
public final class WorkerPool implements AutoCloseable {

    private static final String OPERATION = "Waiting for several calls";

    private static final long IDLE_SECONDS = 5;
    private static final long CLOSE_SECONDS = 2;

    /**
     * The maximum number of calls that a task makes without recording progress: a call and its fallback to another
     * service.
     */
    private static final int MAX_CONSECUTIVE_CALLS = 2;

    /** The time that a worker may need in addition to its calls. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** The interval at which a waiting caller checks for lost workers. */
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final int maxConcurrency;
    private final ThreadLocal<Boolean> isWorker = ThreadLocal.withInitial(() -> false);
    private @Nullable ThreadPoolExecutor executor;
    private volatile boolean closed;
    private volatile long lastProgress = System.nanoTime();

    public WorkerPool(int maxConcurrency) {
        this.maxConcurrency = maxConcurrency;
    }

    /** Returns the maximum number of concurrent calls. */
    public int maxConcurrency() {
        return maxConcurrency;
    }

    /** Opens a scope for tasks that send their calls through a pipeline. */
    TaskScope openScope(CallPipeline pipeline) {
        pipeline.checkNotReentrant(OPERATION);
        return new TaskScope(
                this, pipeline.callTimeout().multipliedBy(MAX_CONSECUTIVE_CALLS).plus(MARGIN));
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

    boolean isClosed() {
        return closed;
    }

    /** Records that a task has started, ended or completed a part. */
    void recordProgress() {
        lastProgress = System.nanoTime();
    }

    /**
     * Waits until a condition holds; workers unpark the waiting thread.
     *
     * @param condition the condition
     * @param limit the maximum wait without progress of the workers; time in which the whole program was suspended
     *     does not count
     * @throws InterruptedException if the thread is interrupted
     */
    void await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        if (isWorker.get()) {
            throw new IllegalStateException("A worker must not wait for workers: all of them could be waiting");
        }
        long left = limit.toNanos();
        long known = lastProgress;
        long before = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (closed) {
                throw Closed.client();
            }
            if (left <= 0) {
                throw stalled(limit);
            }
            LockSupport.parkNanos(this, Math.min(left, CHECK_NANOS));
            long now = System.nanoTime();
            long waited = now - before;
            before = now;
            if (known == lastProgress) {
                left -= Math.min(waited, 2 * CHECK_NANOS);
            } else {
                known = lastProgress;
                left = limit.toNanos();
            }
            if (waited >= CHECK_NANOS) {
                replaceLostWorkers();
            }
        }
    }

    /** Starts a worker if tasks are queued and an error has ended workers. */
    private synchronized void replaceLostWorkers() {
        if (executor != null && !executor.getQueue().isEmpty()) {
            try {
                executor.prestartCoreThread();
            } catch (OutOfMemoryError e) {
                // The next check tries again, until the wait times out.
            }
        }
    }

    /** Interrupts running tasks and waits briefly for the threads to end. */
    @Override
    public void close() {
        ThreadPoolExecutor ending;
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
        if (isWorker.get()) {
            return;
        }
        try {
            ending.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns the exception for a caller that is interrupted while waiting for workers; restores the interrupt flag.
     */
    static TuyaInterruptedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TuyaInterruptedException(
                CallFailure.builder(OPERATION).retryable(true).build(), "the thread was interrupted", Sent.MAYBE, e);
    }

    private TuyaTransportException stalled(Duration limit) {
        return new TuyaTransportException(
                CallFailure.builder(OPERATION)
                        .retryable(true)
                        .hint(
                                "Look for code that hangs in the OkHttpClient (an interceptor, an event listener or the like), or"
                                        + " for calls with a long callTimeout that occupy all " + maxConcurrency
                                        + " workers (maxConcurrency).")
                        .build(),
                "no worker of this client has finished a call for " + LogSafe.duration(limit),
                Sent.MAYBE,
                null);
    }

    private ThreadPoolExecutor newExecutor() {
        ThreadFactory threads = DaemonThreads.named("tuya-cloud");
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                maxConcurrency,
                maxConcurrency,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                worker -> threads.newThread(() -> {
                    isWorker.set(true);
                    worker.run();
                }));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
