package io.github.tuyacloud.picture;

import io.github.tuyacloud.engine.BoundedId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers the applied messages, so that a redelivered one changes nothing; bounded, thread-safe. */
final class SeenMessages {

    /** More than the number of messages that can be unacknowledged when a connection is lost. */
    private static final int REMEMBERED = 5_000;

    private static final Object DONE = new Object();

    private final Map<String, Object> byId = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Records a message; returns whether it is new. */
    synchronized boolean begin(String messageId) {
        return byId.putIfAbsent(BoundedId.of(messageId), DONE) == null;
    }

    /** Forgets a message that could not be applied. */
    synchronized void forget(String messageId) {
        byId.remove(BoundedId.of(messageId));
    }

    /** Keeps the changes that a listener must receive when the message is redelivered. */
    synchronized void keep(String messageId, Pending pending) {
        byId.put(BoundedId.of(messageId), pending);
    }

    /** Removes and returns the changes kept for a message, or null. */
    synchronized @Nullable Pending take(String messageId) {
        String id = BoundedId.of(messageId);
        if (byId.get(id) instanceof Pending pending) {
            byId.put(id, DONE);
            return pending;
        }
        return null;
    }

    /**
     * Changes to deliver again to a listener.
     *
     * @param device the device of the changes
     * @param batch the changes
     */
    record Pending(DevicePicture device, Batch batch) {}
}
