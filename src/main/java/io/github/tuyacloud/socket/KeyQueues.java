package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.socket.OrderedExecutor.Arrival;
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
 * <p>Among ready queues, the one whose head arrived first runs first. With one thread, messages are therefore handled
 * in order of arrival, and no key starves another.
 */
final class KeyQueues {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    private final Map<String, KeyQueue> queues = new HashMap<>();
    private final PriorityQueue<KeyQueue> ready = new PriorityQueue<>(Comparator.comparingLong(KeyQueue::headNumber));
    private final LongSupplier nanoTime;
    private final int slots;
    private boolean warnedOfSlots;

    /** The deliveries of one key. A queue is ready, or its head is running, or its head waits for a retry. */
    static final class KeyQueue {
        private final String key;
        private final Deque<Arrival> queued = new ArrayDeque<>();
        private boolean running;
        private boolean failing;
        private long failingSince;
        private @Nullable Object retry;

        KeyQueue(String key) {
            this.key = key;
        }

        Arrival head() {
            return queued.getFirst();
        }

        private long headNumber() {
            return head().number;
        }
    }

    /**
     * Creates an instance without deliveries.
     *
     * @param nanoTime the monotonic clock
     * @param slots the size of the receiver queue
     */
    KeyQueues(LongSupplier nanoTime, int slots) {
        this.nanoTime = nanoTime;
        this.slots = slots;
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** Adds a delivery to the queue of its key. */
    void add(String key, Arrival arrival) {
        KeyQueue queue = queues.computeIfAbsent(key, KeyQueue::new);
        queue.queued.add(arrival);
        if (queue.queued.size() == 1) {
            ready.add(queue);
        } else if (queue.failing) {
            warnIfSlotsRunOut();
        }
    }

    /** Returns the queue whose head is to run next and marks it as running; null if no queue is ready. */
    @Nullable
    KeyQueue begin() {
        KeyQueue queue = ready.poll();
        if (queue != null) {
            queue.running = true;
        }
        return queue;
    }

    /** Removes the head after a successful run. */
    void succeeded(KeyQueue queue) {
        queue.running = false;
        queue.failing = false;
        queue.queued.removeFirst();
        makeReady(queue);
    }

    /** Keeps the head after a failed run. Returns the token for {@link #retry}. */
    Object failed(KeyQueue queue) {
        queue.running = false;
        if (!queue.failing) {
            queue.failing = true;
            queue.failingSince = nanoTime.getAsLong();
        }
        Object retry = new Object();
        queue.retry = retry;
        warnIfSlotsRunOut();
        return retry;
    }

    /** Marks a queue as ready again, unless its head has been removed since. */
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
        Arrival head = queue.head();
        if (queue.running) {
            queue.queued.removeIf(arrival -> arrival != head && gone.test(arrival.delivery));
            return;
        }
        boolean headStays = !gone.test(head.delivery);
        ready.remove(queue);
        queue.queued.removeIf(arrival -> gone.test(arrival.delivery));
        if (!headStays) {
            queue.failing = false;
            queue.retry = null;
        }
        if (queue.retry == null) {
            makeReady(queue);
        }
    }

    private void makeReady(KeyQueue queue) {
        if (queue.queued.isEmpty()) {
            queues.remove(queue.key, queue);
        } else {
            ready.add(queue);
        }
    }

    void clear() {
        ready.clear();
        queues.clear();
    }

    /** Returns the number of deliveries in queues whose head waits for a retry. */
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
        return queues.stream().mapToInt(queue -> queue.queued.size()).sum();
    }

    /** Warns when failing keys occupy half of the slots; once, until they occupy less than a quarter. */
    private void warnIfSlotsRunOut() {
        List<KeyQueue> failing = failing();
        int held = count(failing);
        if (held * 4 < slots) {
            warnedOfSlots = false;
        }
        if (warnedOfSlots || held * 2 < slots) {
            return;
        }
        warnedOfSlots = true;
        long now = nanoTime.getAsLong();
        long longest = failing.stream()
                .mapToLong(queue -> now - queue.failingSince)
                .max()
                .orElse(0);
        LogSafe.warn(
                LOG,
                "Messages of {} devices keep failing, the longest for {} s, and occupy {} of {} slots (receiverQueueSize): "
                        + "no more messages arrive once all slots are occupied. Fix the handler, or return ACKNOWLEDGE for them "
                        + "from the error listener",
                failing.size(),
                Duration.ofNanos(longest).toSeconds(),
                held,
                slots);
    }
}
