package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs deliveries on an executor: prepares them concurrently, then runs them sequentially for each key, in order of
 * arrival. A delivery that must be retried stays at the head of its queue and delays only that queue; thread-safe.
 *
 * <p>The work is done by drains: executor tasks that perform steps until no work is left. A step is one run, or a few
 * preparations.
 */
final class OrderedExecutor {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    /** Large enough to keep lock contention low, small enough to leave work for all threads. */
    private static final int PREPARED_AT_ONCE = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Arrival> unprepared = new ArrayDeque<>();
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private final KeyQueues queues;
    private final DrainCount drains;
    private final Work work;
    private final Executor executor;
    private final DelayTimer timer;
    private final LongSupplier nanoTime;
    private final Duration resubmitDelay;
    private long arrived;
    private boolean closed;

    /**
     * The limits of an executor.
     *
     * @param threads the maximum number of deliveries that run concurrently
     * @param slots the size of the receiver queue
     * @param resubmitDelay the wait before work that the executor rejected is submitted again
     */
    record Settings(int threads, int slots, Duration resubmitDelay) {}

    /** Processes deliveries; must not throw. */
    interface Work {

        /** Prepares a delivery and returns the key of its queue; called concurrently. */
        String prepare(Delivery delivery);

        /** Handles a delivery once. Returns whether it is done. */
        boolean handle(Delivery delivery);

        /**
         * Acknowledges a delivery that is done; otherwise decides about the next attempt. Returns the delay before it, or
         * null if the delivery will not be tried again.
         */
        @Nullable
        Duration settle(Delivery delivery, boolean done);
    }

    /** A delivery and its number in the order of arrival. */
    static final class Arrival {
        final long number;
        final Delivery delivery;
        private @Nullable String nextKey;

        /** The key once it is prepared; guarded by the lock. */
        private @Nullable String key;

        Arrival(long number, Delivery delivery) {
            this.number = number;
            this.delivery = delivery;
        }
    }

    OrderedExecutor(Work work, Executor executor, DelayTimer timer, LongSupplier nanoTime, Settings settings) {
        this.work = work;
        this.executor = executor;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.resubmitDelay = settings.resubmitDelay();
        this.queues = new KeyQueues(nanoTime, settings.slots());
        this.drains = new DrainCount(
                settings.threads(), Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }

    /** Adds a delivery. The order of calls is the order of arrival. */
    void add(Delivery delivery) {
        boolean starts;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Arrival arrival = new Arrival(arrived++, delivery);
            unprepared.add(arrival);
            arrivals.add(arrival);
            starts = reserveDrain();
        } finally {
            lock.unlock();
        }
        if (starts) {
            startDrain();
        }
    }

    /** Removes deliveries that must not run; running deliveries are not affected. */
    void removeIf(Predicate<Delivery> gone) {
        lock.lock();
        try {
            unprepared.removeIf(arrival -> gone.test(arrival.delivery) && arrivals.remove(arrival));
            queues.removeIf(gone);
        } finally {
            lock.unlock();
        }
        startDrainIfNeeded();
    }

    /** Discards all deliveries that are not running, and accepts no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            unprepared.clear();
            arrivals.clear();
            queues.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the number of deliveries that wait for their own retry or that of an earlier delivery with the same key.
     */
    int waiting() {
        lock.lock();
        try {
            return queues.waitingForRetry();
        } finally {
            lock.unlock();
        }
    }

    private void startDrainIfNeeded() {
        boolean starts;
        lock.lock();
        try {
            starts = reserveDrain();
        } finally {
            lock.unlock();
        }
        if (starts) {
            startDrain();
        }
    }

    private boolean reserveDrain() {
        boolean isWork = queues.hasReady() || !unprepared.isEmpty();
        if (!isWork || closed) {
            return false;
        }
        if (drains.reserve(unprepared.size())) {
            return true;
        }
        if (drains.reserveCheck()) {
            timer.schedule(this::checkHandlers, DrainCount.CHECK_AFTER);
        }
        return false;
    }

    private void checkHandlers() {
        lock.lock();
        try {
            drains.check();
        } finally {
            lock.unlock();
        }
        startDrainIfNeeded();
    }

    private void startDrain() {
        CancellableTask task = new CancellableTask(this::drain);
        try {
            executor.execute(task);
        } catch (Throwable e) {
            // Executors may throw anything, such as an OutOfMemoryError if no thread can be created.
            if (task.cancel()) {
                rejected(e);
            }
        }
    }

    private void rejected(Throwable failure) {
        boolean first;
        lock.lock();
        try {
            first = drains.rejected() && !closed;
        } finally {
            lock.unlock();
        }
        if (first) {
            LogSafe.warn(
                    LOG,
                    "The executor rejects work ({}): waiting messages are resubmitted every {} ms",
                    failure.getClass().getName(),
                    resubmitDelay.toMillis());
        }
        timer.schedule(this::resubmit, resubmitDelay);
    }

    private void resubmit() {
        lock.lock();
        try {
            drains.allowResubmission();
        } finally {
            lock.unlock();
        }
        startDrainIfNeeded();
    }

    /** A task that either runs or is canceled: an executor may run a task although it throws. */
    private static final class CancellableTask extends AtomicBoolean implements Runnable {

        private static final long serialVersionUID = 1L;

        private final transient Runnable task;

        CancellableTask(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (cancel()) {
                task.run();
            }
        }

        /** Returns false if the task has started or was canceled before. */
        boolean cancel() {
            return compareAndSet(false, true);
        }
    }

    private void drain() {
        Step step = new Step();
        while (true) {
            boolean starts;
            lock.lock();
            try {
                complete(step);
                if (drains.isSurplus() || !nextStep(step)) {
                    drains.ended();
                    return;
                }
                starts = reserveDrain();
            } finally {
                lock.unlock();
            }
            if (starts) {
                startDrain();
            }
            perform(step);
        }
    }

    /** One run, or a few preparations. */
    private static final class Step {
        private final List<Arrival> arrivals = new ArrayList<>(PREPARED_AT_ONCE);
        private KeyQueues.@Nullable KeyQueue queue;
        private @Nullable Duration delay;
        private long nanos;
    }

    private boolean nextStep(Step step) {
        step.arrivals.clear();
        step.delay = null;
        step.nanos = 0;
        step.queue = queues.begin();
        if (step.queue != null) {
            step.arrivals.add(step.queue.head());
            drains.enterHandler();
            return true;
        }
        while (step.arrivals.size() < PREPARED_AT_ONCE && !unprepared.isEmpty()) {
            step.arrivals.add(unprepared.remove());
        }
        return !step.arrivals.isEmpty();
    }

    private void perform(Step step) {
        if (step.queue == null) {
            for (Arrival arrival : step.arrivals) {
                arrival.nextKey = work.prepare(arrival.delivery);
            }
            return;
        }
        Delivery delivery = step.arrivals.get(0).delivery;
        long start = nanoTime.getAsLong();
        try {
            boolean done = work.handle(delivery);
            // Without the acknowledgment: another handler thread would not make it faster.
            step.nanos = nanoTime.getAsLong() - start;
            step.delay = work.settle(delivery, done);
        } catch (Throwable e) {
            LogSafe.warn(LOG, "Handling a message failed with {}", e.getClass().getName());
        }
    }

    private void complete(Step step) {
        KeyQueues.KeyQueue queue = step.queue;
        if (queue == null) {
            for (Arrival arrival : step.arrivals) {
                arrival.key = arrival.nextKey;
            }
            enqueuePrepared();
            return;
        }
        drains.leaveHandler(step.nanos);
        if (closed) {
            return;
        }
        if (step.delay == null) {
            queues.succeeded(queue);
        } else {
            Object retry = queues.failed(queue);
            timer.schedule(() -> retry(queue, retry), step.delay);
        }
    }

    private void retry(KeyQueues.KeyQueue queue, Object retry) {
        lock.lock();
        try {
            if (!closed) {
                queues.retry(queue, retry);
            }
        } finally {
            lock.unlock();
        }
        startDrainIfNeeded();
    }

    /** Moves prepared deliveries to the queues of their keys, in order of arrival. */
    private void enqueuePrepared() {
        for (Arrival first = arrivals.peek(); first != null && first.key != null && !closed; first = arrivals.peek()) {
            arrivals.remove();
            queues.add(first.key, first);
        }
    }
}
