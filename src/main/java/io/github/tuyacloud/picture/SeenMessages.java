package io.github.tuyacloud.picture;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which messages have been applied, so that one that comes again changes nothing; bounded, thread-safe. */
final class SeenMessages {

    /** More than can be unacknowledged when a connection is lost. */
    private static final int REMEMBERED = 5_000;

    private static final Object DONE = new Object();

    private final Map<String, Object> byId = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Notes a message; returns whether it is new. */
    synchronized boolean begin(String messageId) {
        return byId.putIfAbsent(messageId, DONE) == null;
    }

    /** Keeps what a listener is still to get when the message comes again. */
    synchronized void keep(String messageId, Pending pending) {
        byId.put(messageId, pending);
    }

    /** Takes back what was kept for a message, or null. */
    synchronized @Nullable Pending take(String messageId) {
        if (byId.get(messageId) instanceof Pending pending) {
            byId.put(messageId, DONE);
            return pending;
        }
        return null;
    }

    /**
     * Changes that a listener is to get again.
     *
     * @param device whose changes they are
     * @param batch the changes
     */
    record Pending(DevicePicture device, Batch batch) {}
}
