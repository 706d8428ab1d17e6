package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Closed;
import io.github.tuyacloud.engine.DaemonThreads;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
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
 * The threads for concurrent requests that the library issues on its own, up to a maximum number. They are daemon
 * threads, started when first needed, and end after a few idle seconds or when the client is closed.
 *
 * <p>A worker never waits for other workers, because all of them could be waiting. Every wait for workers is limited, and
 * replaces workers that an {@link Error} has ended.
 */
public final class WorkerPool implements AutoCloseable {

    private static final String OPERATION = "Waiting for several calls";

    private static final long IDLE_SECONDS = 5;
    private static final long CLOSE_SECONDS = 2;

    /** The most calls in a row between two signs of progress: one, and its equivalent of another service. */
    private static final int CALLS_IN_A_ROW = 2;

    /** What a worker may need beyond its calls. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** The interval at which a waiting caller checks that there are workers. */
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

    /** Opens a scope for tasks that succeed or fail together, and that send their calls through a pipeline. */
    TaskScope openScope(CallPipeline pipeline) {
        pipeline.checkNotReentrant(OPERATION);
        return new TaskScope(
                this, pipeline.callTimeout().multipliedBy(CALLS_IN_A_ROW).plus(MARGIN));
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

    /** Notes that a task has begun, has ended or has finished a part. */
    void noteProgress() {
        lastProgress = System.nanoTime();
    }

    /**
     * Waits on the current thread, which workers unpark, until a condition holds.
     *
     * @param over the condition
     * @param patience the longest wait without any progress of the workers; a time in which the whole program stood still
     *     does not count
     * @throws InterruptedException if the thread is interrupted before
     */
    void await(BooleanSupplier over, Duration patience) throws InterruptedException {
        if (isWorker.get()) {
            throw new IllegalStateException("A worker must not wait for workers: none could be left to work");
        }
        long left = patience.toNanos();
        long known = lastProgress;
        long before = System.nanoTime();
        while (!over.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (closed) {
                throw Closed.client();
            }
            if (left <= 0) {
                throw stalled(patience);
            }
            LockSupport.parkNanos(this, Math.min(left, CHECK_NANOS));
            long now = System.nanoTime();
            long waited = now - before;
            before = now;
            if (known == lastProgress) {
                left -= Math.min(waited, 2 * CHECK_NANOS);
            } else {
                known = lastProgress;
                left = patience.toNanos();
            }
            if (waited >= CHECK_NANOS) {
                replaceLostWorkers();
            }
        }
    }

    /** Starts a worker if tasks are queued and fewer than the maximum are left; an error can have ended some. */
    private synchronized void replaceLostWorkers() {
        if (executor != null && !executor.getQueue().isEmpty()) {
            try {
                executor.prestartCoreThread();
            } catch (OutOfMemoryError e) {
                // The next check tries again; the patience limits how often.
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

    /** Returns the exception for a caller that is interrupted while waiting for workers; restores the interrupt flag. */
    static TuyaInterruptedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TuyaInterruptedException(
                CallFailure.builder(OPERATION).retryable(true).build(), "the thread was interrupted", Sent.MAYBE, e);
    }

    private TuyaTransportException stalled(Duration patience) {
        return new TuyaTransportException(
                CallFailure.builder(OPERATION)
                        .retryable(true)
                        .hint(
                                "Look for code that hangs in the OkHttpClient (an interceptor, an event listener or the like), or"
                                        + " for calls with a long callTimeout that occupy all " + maxConcurrency
                                        + " workers (maxConcurrency).")
                        .build(),
                "no worker of this client has finished a call for " + text(patience),
                Sent.MAYBE,
                null);
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
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
