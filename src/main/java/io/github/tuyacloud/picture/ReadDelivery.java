package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the changes found by reads, sequentially: on the program's executor if there is one, otherwise on the thread
 * that read the devices; thread-safe.
 */
final class ReadDelivery {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    /** The wait before work that the executor rejected is submitted again. */
    private static final Duration RESUBMIT_DELAY = Duration.ofSeconds(1);

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final ServerTime time;
    private final @Nullable Executor executor;
    private final Runnable onRejected;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean submitted = new AtomicBoolean();
    private final ReentrantLock running = new ReentrantLock();
    private volatile ServerTime.@Nullable Moment rejected;
    private volatile boolean closed;

    /**
     * Creates an instance with an empty queue.
     *
     * @param time the time
     * @param executor runs the deliveries; null for the threads that read
     * @param onRejected called if the executor rejects work; {@link #submit} must be called again then
     */
    ReadDelivery(ServerTime time, @Nullable Executor executor, Runnable onRejected) {
        this.time = time;
        this.executor = executor;
        this.onRejected = onRejected;
    }

    /** Runs a delivery after all earlier ones. */
    void run(Runnable delivery) {
        waiting.add(delivery);
        if (executor == null) {
            drain();
        } else if (submit().compareTo(IDLE) < 0) {
            onRejected.run();
        }
    }

    /** Submits queued deliveries to the executor. Returns the time after which this must be called again. */
    Duration submit() {
        if (executor == null || waiting.isEmpty()) {
            return IDLE;
        }
        ServerTime.Moment last = rejected;
        Duration remaining = last == null ? Duration.ZERO : RESUBMIT_DELAY.minus(time.since(last));
        if (remaining.compareTo(Duration.ZERO) > 0) {
            return remaining;
        }
        if (!submitted.compareAndSet(false, true)) {
            return IDLE;
        }
        try {
            executor.execute(this::runSubmitted);
            rejected = null;
            return IDLE;
        } catch (Throwable e) {
            // Executors may throw anything, such as an OutOfMemoryError if no thread can be created.
            submitted.set(false);
            rejected = time.moment();
            if (last == null && !closed) {
                warn(e);
            }
            return RESUBMIT_DELAY;
        }
    }

    private static void warn(Throwable failure) {
        LogSafe.warn(
                LOG,
                "The executor rejects work ({}): waiting changes are resubmitted every {} ms",
                failure.getClass().getName(),
                RESUBMIT_DELAY.toMillis());
    }

    private void runSubmitted() {
        submitted.set(false);
        drain();
    }

    /** Delivers queued changes, unless a thread is delivering them, possibly this one: a listener may cause a read. */
    private void drain() {
        while (!waiting.isEmpty() && !running.isHeldByCurrentThread() && running.tryLock()) {
            try {
                for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                    if (!closed) {
                        next.run();
                    }
                }
            } finally {
                running.unlock();
            }
        }
    }

    /** Discards all changes that have not been delivered. */
    void close() {
        closed = true;
        waiting.clear();
    }
}
