package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.socket.OrderedExecutor.Slot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prepared deliveries, in one queue for each key. Guarded by the lock of {@link OrderedExecutor}.
 *
 * <p>Among queues that are ready, the one whose head arrived first goes first. With one thread, that is the order of arrival,
 * and no key starves another.
 */
final class KeyQueues {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    private final Map<String, KeyQueue> queues = new HashMap<>();
    private final PriorityQueue<KeyQueue> ready = new PriorityQueue<>(Comparator.comparingLong(KeyQueue::headNumber));
    private final LongSupplier nanoTime;
    private final int places;
    private boolean warnedOfPlaces;

    /** The deliveries of one key. It is ready, or its head is running, or it waits for a retry. */
    static final class KeyQueue {
        private final String key;
        private final Deque<Slot> slots = new ArrayDeque<>();
        private boolean running;
        private boolean failing;
        private long failingSince;
        private @Nullable Object retry;

        KeyQueue(String key) {
            this.key = key;
        }

        Slot head() {
            return slots.getFirst();
        }

        private long headNumber() {
            return head().number;
        }
    }

    /**
     * Creates it without deliveries.
     *
     * @param nanoTime the monotonic clock
     * @param places the maximum number of deliveries held, here and elsewhere
     */
    KeyQueues(LongSupplier nanoTime, int places) {
        this.nanoTime = nanoTime;
        this.places = places;
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** Adds a delivery behind those with the same key. */
    void add(String key, Slot slot) {
        KeyQueue queue = queues.computeIfAbsent(key, KeyQueue::new);
        queue.slots.add(slot);
        if (queue.slots.size() == 1) {
            ready.add(queue);
        } else if (queue.failing) {
            warnOfPlaces();
        }
    }

    /** Returns the queue whose head is to run next, and which is not ready until that has ended; null if none is ready. */
    @Nullable
    KeyQueue begin() {
        KeyQueue queue = ready.poll();
        if (queue != null) {
            queue.running = true;
        }
        return queue;
    }

    /** Removes the head, which has run. */
    void succeeded(KeyQueue queue) {
        queue.running = false;
        queue.failing = false;
        queue.slots.removeFirst();
        makeReady(queue);
    }

    /** Keeps the head, which has run. Returns what {@link #retry} expects when the queue is to be ready again. */
    Object failed(KeyQueue queue) {
        queue.running = false;
        if (!queue.failing) {
            queue.failing = true;
            queue.failingSince = nanoTime.getAsLong();
        }
        Object retry = new Object();
        queue.retry = retry;
        warnOfPlaces();
        return retry;
    }

    /** Puts a queue back among the ready ones, unless its head has been removed since. */
    void retry(KeyQueue queue, Object retry) {
        if (queue.retry == retry) {
            queue.retry = null;
            makeReady(queue);
        }
    }

    /** Removes deliveries that are not running. */
    void removeIf(Predicate<Delivery> gone) {
        List.copyOf(queues.values()).forEach(queue -> removeIf(queue, gone));
    }

    private void removeIf(KeyQueue queue, Predicate<Delivery> gone) {
        Slot head = queue.head();
        if (queue.running) {
            queue.slots.removeIf(slot -> slot != head && gone.test(slot.delivery));
            return;
        }
        boolean headStays = !gone.test(head.delivery);
        ready.remove(queue);
        queue.slots.removeIf(slot -> gone.test(slot.delivery));
        if (!headStays) {
            queue.failing = false;
            queue.retry = null;
        }
        if (queue.retry == null) {
            makeReady(queue);
        }
    }

    private void makeReady(KeyQueue queue) {
        if (queue.slots.isEmpty()) {
            queues.remove(queue.key, queue);
        } else {
            ready.add(queue);
        }
    }

    void clear() {
        ready.clear();
        queues.clear();
    }

    /** Returns the number of deliveries in queues whose head must be retried. */
    int waitingForRetry() {
        return count(failing());
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

    private static int count(List<KeyQueue> queues) {
        return queues.stream().mapToInt(queue -> queue.slots.size()).sum();
    }

    /** Warns once when failing keys occupy half of the places, and again only after they occupied less than a quarter. */
    private void warnOfPlaces() {
        List<KeyQueue> failing = failing();
        int held = count(failing);
        if (held * 4 < places) {
            warnedOfPlaces = false;
        }
        if (warnedOfPlaces || held * 2 < places) {
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
                places);
    }
}
