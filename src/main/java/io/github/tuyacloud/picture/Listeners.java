package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.live.ListenerRegistration;
import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.live.LiveChangeListener;
import io.github.tuyacloud.live.LiveDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers changes to the program's listeners, each change at most three times until the listener returns; thread-safe.
 */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private static final int MAX_ATTEMPTS = 3;

    private volatile List<Listener> all = List.of();
    private final LongAdder failures = new LongAdder();

    /** A listener for all devices or for one device. */
    static final class Listener {
        private final LiveChangeListener code;
        private final @Nullable LiveDevice only;
        private volatile boolean removed;

        /** Whether it failed three times. Until it succeeds again, further changes are delivered only once. */
        private volatile boolean failing;

        Listener(LiveChangeListener code, @Nullable LiveDevice only) {
            this.code = code;
            this.only = only;
        }
    }

    ListenerRegistration add(LiveChangeListener code, @Nullable LiveDevice only) {
        Listener listener = new Listener(code, only);
        change(listeners -> listeners.add(listener));
        return () -> {
            listener.removed = true;
            change(listeners -> listeners.remove(listener));
        };
    }

    private synchronized void change(Consumer<List<Listener>> by) {
        List<Listener> changed = new ArrayList<>(all);
        by.accept(changed);
        all = List.copyOf(changed);
    }

    long failures() {
        return failures.sum();
    }

    /** Creates a batch of changes for all current listeners. */
    ChangeBatch batch(List<LiveChange> changes) {
        return new ChangeBatch(changes, all);
    }

    /**
     * Delivers the rest of a batch.
     *
     * @return false if a listener threw and the rest must be redelivered to it
     */
    boolean deliver(ChangeBatch batch) {
        boolean lastAttempt = batch.countAttempt() >= MAX_ATTEMPTS;
        boolean done = true;
        for (int i = 0; i < batch.listeners().size(); i++) {
            Listener listener = batch.listeners().get(i);
            Throwable failure = listener.removed ? null : deliver(batch, i, listener);
            if (failure == null) {
                continue;
            }
            failures.increment();
            if (lastAttempt || listener.failing) {
                giveUp(batch, i, failure);
                listener.failing = true;
            } else {
                batch.failed(failure);
                done = false;
            }
        }
        return done;
    }

    /** Delivers a batch, making all attempts without a pause. */
    void deliverNow(ChangeBatch batch) {
        boolean done = false;
        while (!done) {
            done = deliver(batch);
        }
    }

    private static @Nullable Throwable deliver(ChangeBatch batch, int index, Listener listener) {
        List<LiveChange> changes = batch.changes();
        for (int i = batch.position(index); i < changes.size(); i++) {
            LiveChange change = changes.get(i);
            try {
                if (listener.only == null || listener.only == change.device()) {
                    listener.code.changed(change);
                    listener.failing = false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return e;
            } catch (Throwable e) {
                return e;
            }
            batch.advance(index, i + 1);
        }
        return null;
    }

    private static void giveUp(ChangeBatch batch, int index, Throwable failure) {
        int lost = batch.changes().size() - batch.position(index);
        batch.advance(index, batch.changes().size());
        LogSafe.warn(
                LOG,
                "A listener threw {}; {} changes are not delivered to it",
                failure.getClass().getName(),
                lost);
    }
}
