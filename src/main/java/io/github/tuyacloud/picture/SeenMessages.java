package io.github.tuyacloud.picture;

import io.github.tuyacloud.engine.BoundedId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers applied messages, because redelivered ones must not be applied again; bounded, thread-safe. */
final class SeenMessages {

    /** More than the number of unacknowledged messages when a connection is lost. */
    private static final int REMEMBERED = 5_000;

    private static final Object DONE = new Object();

    private final Map<String, Object> byId = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Records a message. Returns whether it is new. */
    synchronized boolean begin(String messageId) {
        return byId.putIfAbsent(BoundedId.of(messageId), DONE) == null;
    }

    /** Forgets a message that could not be applied. */
    synchronized void forget(String messageId) {
        byId.remove(BoundedId.of(messageId));
    }

    /** Stores the changes to redeliver to a listener when the message is redelivered. */
    synchronized void keep(String messageId, Pending pending) {
        byId.put(BoundedId.of(messageId), pending);
    }

    /** Removes and returns the stored changes of a message, or null. */
    synchronized @Nullable Pending take(String messageId) {
        String id = BoundedId.of(messageId);
        if (byId.get(id) instanceof Pending pending) {
            byId.put(id, DONE);
            return pending;
        }
        return null;
    }

    /**
     * Changes to redeliver to a listener.
     *
     * @param device the device of the changes
     * @param batch the changes
     */
    record Pending(DevicePicture device, ChangeBatch batch) {}
}
