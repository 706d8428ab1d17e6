package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveChange;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/** The changes of one device that wait for delivery; delivers them in order, by one thread at a time; thread-safe. */
final class Outbox {

    private final Listeners listeners;
    private final Queue<Batch> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock delivering = new ReentrantLock();

    Outbox(Listeners listeners) {
        this.listeners = listeners;
    }

    /** Adds changes for the current listeners; the caller holds the lock of the device, which defines the order. */
    Batch add(List<LiveChange> changes) {
        Batch batch = listeners.batch(changes);
        if (!changes.isEmpty()) {
            waiting.add(batch);
        }
        return batch;
    }

    /**
     * Delivers what is waiting, including this batch; waits if another thread is delivering.
     *
     * @return false if this batch must be delivered again to a listener
     */
    boolean deliver(Batch own) {
        boolean done = true;
        delivering.lock();
        try {
            boolean again = own.isStarted();
            for (Batch next = waiting.poll(); next != null; next = waiting.poll()) {
                if (next == own) {
                    done = listeners.deliver(own);
                } else {
                    listeners.deliverNow(next);
                }
            }
            if (again) {
                done = listeners.deliver(own);
            }
        } finally {
            delivering.unlock();
        }
        deliverWaiting();
        return done;
    }

    /** Delivers what is waiting, unless a thread is already doing so, which may be this one, called by a listener. */
    void deliverWaiting() {
        while (!waiting.isEmpty() && !delivering.isHeldByCurrentThread() && delivering.tryLock()) {
            try {
                for (Batch next = waiting.poll(); next != null; next = waiting.poll()) {
                    listeners.deliverNow(next);
                }
            } finally {
                delivering.unlock();
            }
        }
    }
}
