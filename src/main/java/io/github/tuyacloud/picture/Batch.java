package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveChange;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to deliver together, and the progress of each listener; used by one thread at a time. */
final class Batch {

    private final List<LiveChange> changes;
    private final List<Listeners.Listener> listeners;
    private final Map<Listeners.Listener, Integer> positions = new IdentityHashMap<>();
    private int tries;
    private @Nullable Throwable failure;

    Batch(List<LiveChange> changes, List<Listeners.Listener> listeners) {
        this.changes = List.copyOf(changes);
        this.listeners = listeners;
    }

    List<LiveChange> changes() {
        return changes;
    }

    List<Listeners.Listener> listeners() {
        return listeners;
    }

    int position(Listeners.Listener listener) {
        return positions.getOrDefault(listener, 0);
    }

    void advance(Listeners.Listener listener, int position) {
        positions.put(listener, position);
    }

    /** Returns whether delivery was attempted before. */
    boolean isStarted() {
        return tries > 0;
    }

    int countTry() {
        return ++tries;
    }

    /** Returns the failure of the last listener. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    void failed(Throwable cause) {
        failure = cause;
    }
}
