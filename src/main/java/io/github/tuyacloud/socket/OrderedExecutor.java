package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
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
 * <p>Among queues that are ready, the one whose head arrived first goes first. With one thread, that is the order of arrival,
 * and no key starves another.
 */
final class OrderedExecutor {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    /** Large enough that threads rarely contend for the lock, small enough that all threads have something to prepare. */
    private static final int PREPARED_AT_ONCE = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Slot> unprepared = new ArrayDeque<>();
    private final Deque<Slot> arrivals = new ArrayDeque<>();
    private final Map<String, KeyQueue> queues = new HashMap<>();
    private final PriorityQueue<KeyQueue> ready = new PriorityQueue<>(Comparator.comparingLong(KeyQueue::headNumber));
    private final Work work;
    private final Executor executor;
    private final DelayTimer timer;
    private final LongSupplier nanoTime;
    private final Settings settings;
    private long arrived;
    private int drains;
    private int handlers;
    private boolean offerPending;
    private boolean refused;
    private boolean warnedOfPlaces;
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
    private static final class Slot {
        private final long number;
        private final Delivery delivery;
        private @Nullable String nextKey;

        /** What it was prepared as; set under the lock. */
        private @Nullable String key;

        Slot(long number, Delivery delivery) {
            this.number = number;
            this.delivery = delivery;
        }
    }

    /** The deliveries of one key. It is ready, or its head is running, or it waits for the timer. */
    private static final class KeyQueue {
        private final String key;
        private final Deque<Slot> slots = new ArrayDeque<>();
        private boolean running;
        private boolean failing;
        private long failingSince;
        private @Nullable Object wakeUp;

        KeyQueue(String key) {
            this.key = key;
        }

        long headNumber() {
            return slots.getFirst().number;
        }
    }

    OrderedExecutor(Work work, Executor executor, DelayTimer timer, LongSupplier nanoTime, Settings settings) {
        this.work = work;
        this.executor = executor;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.settings = settings;
    }

    /** Adds a delivery; the order of these calls is the order of arrival. */
    void add(Delivery delivery) {
        boolean employs;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Slot slot = new Slot(arrived++, delivery);
            unprepared.add(slot);
            arrivals.add(slot);
            employs = reserveDrain();
        } finally {
            lock.unlock();
        }
        if (employs) {
            submitDrain();
        }
    }

    /** Drops deliveries that must no longer run, so that nothing waits behind them. */
    void removeIf(Predicate<Delivery> gone) {
        lock.lock();
        try {
            unprepared.removeIf(slot -> gone.test(slot.delivery) && arrivals.remove(slot));
            List.copyOf(queues.values()).forEach(queue -> purge(queue, gone));
        } finally {
            lock.unlock();
        }
        employ();
    }

    /** Stops starting deliveries. */
    void close() {
        lock.lock();
        try {
            closed = true;
            unprepared.clear();
            arrivals.clear();
            ready.clear();
            queues.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of deliveries that wait for a retry, their own or that of an earlier one with the same key. */
    int waiting() {
        lock.lock();
        try {
            return failing().stream().mapToInt(queue -> queue.slots.size()).sum();
        } finally {
            lock.unlock();
        }
    }

    private List<KeyQueue> failing() {
        List<KeyQueue> failing = new ArrayList<>();
        for (KeyQueue queue : queues.values()) {
            if (queue.failing) {
                failing.add(queue);
            }
        }
        return failing;
    }

    private void purge(KeyQueue queue, Predicate<Delivery> gone) {
        Slot head = queue.slots.getFirst();
        if (queue.running) {
            queue.slots.removeIf(slot -> slot != head && gone.test(slot.delivery));
            return;
        }
        boolean headStays = !gone.test(head.delivery);
        ready.remove(queue);
        queue.slots.removeIf(slot -> gone.test(slot.delivery));
        if (!headStays) {
            queue.failing = false;
            queue.wakeUp = null;
        }
        if (queue.wakeUp == null) {
            makeReady(queue);
        }
    }

    /** Submits another drain if there is work for it. */
    private void employ() {
        boolean employs;
        lock.lock();
        try {
            employs = reserveDrain();
        } finally {
            lock.unlock();
        }
        if (employs) {
            submitDrain();
        }
    }

    /** A drain outside the handler takes more work, or starts another drain before it enters the handler. */
    private boolean reserveDrain() {
        boolean needed = !closed && (!ready.isEmpty() || !unprepared.isEmpty());
        boolean possible = !offerPending && drains == handlers && drains < settings.threads();
        if (needed && possible) {
            drains++;
        }
        return needed && possible;
    }

    private void submitDrain() {
        Turn turn = new Turn(this::drain);
        try {
            executor.execute(turn);
        } catch (Throwable e) {
            // Executors may throw anything, such as an error when no thread can be created.
            if (turn.cancel()) {
                refused(e);
            }
        }
    }

    private void refused(Throwable failure) {
        boolean first;
        lock.lock();
        try {
            drains--;
            offerPending = true;
            first = drains == 0 && !refused && !closed;
            refused |= first;
        } finally {
            lock.unlock();
        }
        if (first) {
            LogSafe.warn(
                    LOG,
                    "The executor rejects work ({}): messages wait and are submitted again every {} ms",
                    failure.getClass().getName(),
                    settings.offerDelay().toMillis());
        }
        timer.schedule(this::offerAgain, settings.offerDelay());
    }

    private void offerAgain() {
        lock.lock();
        try {
            offerPending = false;
        } finally {
            lock.unlock();
        }
        employ();
    }

    /** Takes steps until there is nothing left to do. */
    private void drain() {
        Step done = new Step();
        while (true) {
            boolean employs;
            lock.lock();
            try {
                refused = false;
                finish(done);
                done.clear();
                if (!choose(done)) {
                    drains--;
                    return;
                }
                employs = done.queue != null && reserveDrain();
            } finally {
                lock.unlock();
            }
            if (employs) {
                submitDrain();
            }
            take(done);
        }
    }

    /** A step of a drain: one run, or a few preparations. */
    private static final class Step {
        private final List<Slot> prepared = new ArrayList<>(PREPARED_AT_ONCE);
        private @Nullable KeyQueue queue;
        private @Nullable Duration delay;

        void clear() {
            prepared.clear();
            queue = null;
            delay = null;
        }
    }

    private boolean choose(Step step) {
        KeyQueue queue = ready.poll();
        if (queue != null) {
            queue.running = true;
            handlers++;
            step.queue = queue;
            step.prepared.add(queue.slots.getFirst());
            return true;
        }
        while (step.prepared.size() < PREPARED_AT_ONCE && !unprepared.isEmpty()) {
            step.prepared.add(unprepared.remove());
        }
        return !step.prepared.isEmpty();
    }

    private void take(Step step) {
        if (step.queue == null) {
            step.prepared.forEach(slot -> slot.nextKey = work.prepare(slot.delivery));
            return;
        }
        try {
            step.delay = work.run(step.prepared.get(0).delivery);
        } catch (Throwable e) {
            LogSafe.warn(LOG, "Handling a message failed with {}", e.getClass().getName());
        }
    }

    private void finish(Step step) {
        KeyQueue queue = step.queue;
        if (queue == null) {
            step.prepared.forEach(slot -> slot.key = slot.nextKey);
            passOn();
            return;
        }
        handlers--;
        queue.running = false;
        if (closed) {
            return;
        }
        if (step.delay == null) {
            queue.slots.removeFirst();
            queue.failing = false;
            makeReady(queue);
        } else {
            waitFor(queue, step.delay);
        }
    }

    private void makeReady(KeyQueue queue) {
        if (queue.slots.isEmpty()) {
            queues.remove(queue.key, queue);
        } else {
            ready.add(queue);
        }
    }

    private void waitFor(KeyQueue queue, Duration delay) {
        if (!queue.failing) {
            queue.failing = true;
            queue.failingSince = nanoTime.getAsLong();
        }
        Object wakeUp = new Object();
        queue.wakeUp = wakeUp;
        timer.schedule(() -> wake(queue, wakeUp), delay);
        warnOfPlaces();
    }

    private void wake(KeyQueue queue, Object wakeUp) {
        lock.lock();
        try {
            if (closed || queue.wakeUp != wakeUp) {
                return;
            }
            queue.wakeUp = null;
            makeReady(queue);
        } finally {
            lock.unlock();
        }
        employ();
    }

    /** Warns once when failing keys occupy half of the places, and again only after they occupied less than a quarter. */
    private void warnOfPlaces() {
        List<KeyQueue> failing = failing();
        int held = failing.stream().mapToInt(queue -> queue.slots.size()).sum();
        if (held * 4 < settings.places()) {
            warnedOfPlaces = false;
        }
        if (warnedOfPlaces || held * 2 < settings.places()) {
            return;
        }
        warnedOfPlaces = true;
        long now = nanoTime.getAsLong();
        long longest = failing.stream()
                .mapToLong(queue -> now - queue.failingSince)
                .max()
                .orElse(0);
        LogSafe.warn(
                LOG,
                "Messages of {} devices have been failing, the first for {} s, and occupy {} of {} places (receiverQueueSize): "
                        + "when they occupy all, no more messages arrive. Fix the handler, or let the error listener return "
                        + "ACKNOWLEDGE for them",
                failing.size(),
                Duration.ofNanos(longest).toSeconds(),
                held,
                settings.places());
    }

    /** Moves prepared deliveries to their queues, in order of arrival. */
    private void passOn() {
        boolean behindAFailure = false;
        for (Slot first = arrivals.peek(); first != null && first.key != null && !closed; first = arrivals.peek()) {
            arrivals.remove();
            KeyQueue queue = queues.computeIfAbsent(first.key, KeyQueue::new);
            queue.slots.add(first);
            if (queue.slots.size() == 1) {
                ready.add(queue);
            }
            behindAFailure |= queue.failing;
        }
        if (behindAFailure) {
            warnOfPlaces();
        }
    }

    /** A task that either runs or is canceled, because an executor may run it and still throw. */
    private static final class Turn implements Runnable {
        private final Runnable task;
        private final AtomicBoolean taken = new AtomicBoolean();

        Turn(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (taken.compareAndSet(false, true)) {
                task.run();
            }
        }

        boolean cancel() {
            return taken.compareAndSet(false, true);
        }
    }
}
