package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes that are delivered together, with the progress of each listener; used by one thread at a time. */
final class ChangeBatch {

    private final List<LiveChange> changes;
    private final List<Listeners.Listener> listeners;
    private final int[] positions;
    private int attempts;
    private @Nullable Throwable failure;

    ChangeBatch(List<LiveChange> changes, List<Listeners.Listener> listeners) {
        this.changes = List.copyOf(changes);
        this.listeners = listeners;
        this.positions = new int[listeners.size()];
    }

    List<LiveChange> changes() {
        return changes;
    }

    List<Listeners.Listener> listeners() {
        return listeners;
    }

    /** Returns the number of changes that a listener has received. */
    int position(int listener) {
        return positions[listener];
    }

    void advance(int listener, int position) {
        positions[listener] = position;
    }

    /** Returns whether delivery was attempted before. */
    boolean isStarted() {
        return attempts > 0;
    }

    int countAttempt() {
        return ++attempts;
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
