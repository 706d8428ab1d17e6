package io.github.tuyacloud.socket;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Remembers how often the messages that will come again have come so far, for the message service counts that only under
 * shared subscriptions; thread-safe.
 *
 * <p>Messages that could be read and messages that could not have ten thousand places each. A full memory takes in nothing new
 * rather than forget what it has: a longer backlog, which comes round and round, would else be forgotten before it comes
 * again, and no message of it would ever have come three times. What has not come for an hour makes room.
 */
final class RedeliveryTracker {

    private static final int REMEMBERED = 10_000;
    private static final Duration STALE = Duration.ofHours(1);

    private final LongSupplier nanoTime;
    private final Map<String, Seen> readable = new LinkedHashMap<>();
    private final Map<String, Seen> unreadable = new LinkedHashMap<>();

    private record Seen(int deliveries, long at) {}

    RedeliveryTracker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How often a message came before, as far as remembered. */
    synchronized int count(String messageId) {
        Seen seen = readable.get(messageId);
        if (seen == null) {
            seen = unreadable.get(messageId);
        }
        return seen == null ? 0 : seen.deliveries();
    }

    /** Notes a delivery that was not acknowledged. */
    synchronized void add(Delivery delivery) {
        Map<String, Seen> memory = delivery.unreadable() == null ? readable : unreadable;
        long now = nanoTime.getAsLong();
        boolean known = memory.remove(delivery.messageId()) != null;
        if (known || hasRoom(memory, now)) {
            // At the end, so that the one which has not come for longest stands first.
            memory.put(delivery.messageId(), new Seen(delivery.redeliveryCount() + 1, now));
        }
    }

    /** Forgets a message that was acknowledged. */
    synchronized void remove(Delivery delivery) {
        readable.remove(delivery.messageId());
        unreadable.remove(delivery.messageId());
    }

    private static boolean hasRoom(Map<String, Seen> memory, long now) {
        if (memory.size() < REMEMBERED) {
            return true;
        }
        Map.Entry<String, Seen> eldest = memory.entrySet().iterator().next();
        return now - eldest.getValue().at() > STALE.toNanos() && memory.remove(eldest.getKey()) != null;
    }
}
