package io.github.tuyacloud.socket;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers how often the messages that will come again have come so far, for the message service counts that only under
 * shared subscriptions; the last ten thousand of them, thread-safe.
 */
final class EarlierDeliveries {

    private static final int REMEMBERED = 10_000;

    private final Map<String, Integer> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** How often a message came before, as far as remembered. */
    synchronized int count(String messageId) {
        return counts.getOrDefault(messageId, 0);
    }

    /** Notes a delivery that was not acknowledged. */
    synchronized void add(Delivery delivery) {
        counts.remove(delivery.messageId());
        counts.put(delivery.messageId(), delivery.redeliveryCount() + 1);
    }

    /** Forgets a message that was acknowledged. */
    synchronized void remove(Delivery delivery) {
        counts.remove(delivery.messageId());
    }
}
