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
 * Runs deliveries on an executor. They are prepared concurrently, and then run sequentially for each key, in order of
 * arrival. A delivery that must be retried stays at the head of its queue and delays only that queue; thread-safe.
 *
 * <p>The work is done by drains: tasks of the executor that take steps until there is nothing left to do. A step is one run, or
 * a few preparations.
 */
final class OrderedExecutor {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    /** Large enough that threads rarely contend for the lock, small enough that all threads have something to prepare. */
    private static final int PREPARED_AT_ONCE = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Slot> unprepared = new ArrayDeque<>();
    private final Deque<Slot> arrivals = new ArrayDeque<>();
    private final KeyQueues queues;
    private final DrainCount drains;
    private final Work work;
    private final Executor executor;
    private final DelayTimer timer;
    private final LongSupplier nanoTime;
    private final Duration offerDelay;
    private long arrived;
    private boolean closed;

    /**
     * The limits of the work.
     *
     * @param threads the maximum number of concurrent deliveries
     * @param places the maximum number of deliveries held
     * @param offerDelay the wait after the executor rejected work
     */
    record Settings(int threads, int places, Duration offerDelay) {}

    /** Processes deliveries; throws nothing. */
    interface Work {

        /** Prepares a delivery; called concurrently. Returns the key of the queue that it belongs to. */
        String prepare(Delivery delivery);

        /** Runs a delivery once. Returns null if it is finished, otherwise the delay before the next attempt. */
        @Nullable
        Duration run(Delivery delivery);
    }

    /** The place of a delivery in the order of arrival. */
    static final class Slot {
        final long number;
        final Delivery delivery;
        private @Nullable String nextKey;

        /** What it was prepared as; set under the lock. */
        private @Nullable String key;

        Slot(long number, Delivery delivery) {
            this.number = number;
            this.delivery = delivery;
        }
    }

    OrderedExecutor(Work work, Executor executor, DelayTimer timer, LongSupplier nanoTime, Settings settings) {
        this.work = work;
        this.executor = executor;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.offerDelay = settings.offerDelay();
        this.queues = new KeyQueues(nanoTime, settings.places());
        this.drains = new DrainCount(
                settings.threads(), Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }

    /** Adds a delivery; the order of these calls is the order of arrival. */
    void add(Delivery delivery) {
        boolean starts;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Slot slot = new Slot(arrived++, delivery);
            unprepared.add(slot);
            arrivals.add(slot);
            starts = reserveDrain();
        } finally {
            lock.unlock();
        }
        if (starts) {
            startDrain();
        }
    }

    /** Drops deliveries that must no longer run, so that nothing waits behind them. */
    void removeIf(Predicate<Delivery> gone) {
        lock.lock();
        try {
            unprepared.removeIf(slot -> gone.test(slot.delivery) && arrivals.remove(slot));
            queues.removeIf(gone);
        } finally {
            lock.unlock();
        }
        startDrainIfNeeded();
    }

    /** Stops starting deliveries. */
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

    /** Returns the number of deliveries that wait for a retry, their own or that of an earlier one with the same key. */
    int waiting() {
        lock.lock();
        try {
            return queues.waitingForRetry();
        } finally {
            lock.unlock();
        }
    }

    // Which threads do the work

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
            timer.schedule(this::checkHandlers, DrainCount.CHECKED_AFTER);
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
        Turn turn = new Turn(this::drain);
        try {
            executor.execute(turn);
        } catch (Throwable e) {
            // Executors may throw anything, such as an error when no thread can be created.
            if (turn.cancel()) {
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
                    "The executor rejects work ({}): messages wait and are submitted again every {} ms",
                    failure.getClass().getName(),
                    offerDelay.toMillis());
        }
        timer.schedule(this::offerAgain, offerDelay);
    }

    private void offerAgain() {
        lock.lock();
        try {
            drains.mayOfferAgain();
        } finally {
            lock.unlock();
        }
        startDrainIfNeeded();
    }

    /** A task that either runs or is canceled, because an executor may run it and still throw. */
    private static final class Turn extends AtomicBoolean implements Runnable {

        private static final long serialVersionUID = 1L;

        private final transient Runnable task;

        Turn(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (cancel()) {
                task.run();
            }
        }

        /** Returns false if it has run or been canceled before. */
        boolean cancel() {
            return compareAndSet(false, true);
        }
    }

    // The work of a drain

    private void drain() {
        Step step = new Step();
        while (true) {
            boolean starts;
            lock.lock();
            try {
                finish(step);
                if (drains.isSurplus() || !choose(step)) {
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
            take(step);
        }
    }

    /** One run, or a few preparations. */
    private static final class Step {
        private final List<Slot> slots = new ArrayList<>(PREPARED_AT_ONCE);
        private KeyQueues.@Nullable KeyQueue queue;
        private @Nullable Duration delay;
        private long nanos;
    }

    private boolean choose(Step step) {
        step.slots.clear();
        step.delay = null;
        step.queue = queues.begin();
        if (step.queue != null) {
            step.slots.add(step.queue.head());
            drains.enterHandler();
            return true;
        }
        while (step.slots.size() < PREPARED_AT_ONCE && !unprepared.isEmpty()) {
            step.slots.add(unprepared.remove());
        }
        return !step.slots.isEmpty();
    }

    private void take(Step step) {
        if (step.queue == null) {
            for (Slot slot : step.slots) {
                slot.nextKey = work.prepare(slot.delivery);
            }
            return;
        }
        long start = nanoTime.getAsLong();
        try {
            step.delay = work.run(step.slots.get(0).delivery);
        } catch (Throwable e) {
            LogSafe.warn(LOG, "Handling a message failed with {}", e.getClass().getName());
        }
        step.nanos = nanoTime.getAsLong() - start;
    }

    private void finish(Step step) {
        KeyQueues.KeyQueue queue = step.queue;
        if (queue == null) {
            for (Slot slot : step.slots) {
                slot.key = slot.nextKey;
            }
            passOn();
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

    /** Moves prepared deliveries to their queues, in order of arrival. */
    private void passOn() {
        for (Slot first = arrivals.peek(); first != null && first.key != null && !closed; first = arrivals.peek()) {
            arrivals.remove();
            queues.add(first.key, first);
        }
    }
}
