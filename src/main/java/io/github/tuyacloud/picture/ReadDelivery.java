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
 * Delivers the changes that were found by reading the devices, one reading after the other: on the program's executor if
 * there is one, else on the thread that has read; thread-safe.
 */
final class ReadDelivery {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    /** The time until an executor that rejects work is asked again. */
    private static final Duration OFFER_AGAIN = Duration.ofSeconds(1);

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final ServerTime time;
    private final @Nullable Executor executor;
    private final Runnable onRejected;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean offered = new AtomicBoolean();
    private final ReentrantLock running = new ReentrantLock();
    private volatile ServerTime.@Nullable Moment rejected;
    private volatile boolean closed;

    /**
     * Starts with nothing to deliver.
     *
     * @param time the time
     * @param executor runs the deliveries; null for the threads that read
     * @param onRejected called if the executor rejects work, so that {@link #offer} is called again
     */
    ReadDelivery(ServerTime time, @Nullable Executor executor, Runnable onRejected) {
        this.time = time;
        this.executor = executor;
        this.onRejected = onRejected;
    }

    /** Runs a delivery, after those before it. */
    void run(Runnable delivery) {
        waiting.add(delivery);
        if (executor == null) {
            drain();
        } else if (offer().compareTo(IDLE) < 0) {
            onRejected.run();
        }
    }

    /** Submits what is waiting to the executor; returns the time until this must be called again. */
    Duration offer() {
        if (executor == null || waiting.isEmpty()) {
            return IDLE;
        }
        ServerTime.Moment last = rejected;
        Duration rest = last == null ? Duration.ZERO : OFFER_AGAIN.minus(time.since(last));
        if (rest.compareTo(Duration.ZERO) > 0) {
            return rest;
        }
        if (!offered.compareAndSet(false, true)) {
            return IDLE;
        }
        try {
            executor.execute(this::runOffered);
            rejected = null;
            return IDLE;
        } catch (Throwable e) {
            // Executors may throw anything, such as an error when no thread can be created.
            offered.set(false);
            rejected = time.moment();
            if (last == null && !closed) {
                warn(e);
            }
            return OFFER_AGAIN;
        }
    }

    private static void warn(Throwable failure) {
        LogSafe.warn(
                LOG,
                "The executor rejects work ({}): changes wait and are submitted again every {} ms",
                failure.getClass().getName(),
                OFFER_AGAIN.toMillis());
    }

    private void runOffered() {
        offered.set(false);
        drain();
    }

    /** Leaves the rest to the thread that is already delivering, even if it is this one: a listener that reads again. */
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

    /** Drops what was not yet delivered. */
    void close() {
        closed = true;
        waiting.clear();
    }
}
