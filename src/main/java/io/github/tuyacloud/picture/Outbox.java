package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveChange;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/** Queues the changes of one device and delivers them in order, on one thread at a time; thread-safe. */
final class Outbox {

    private final Listeners listeners;
    private final Queue<ChangeBatch> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock delivering = new ReentrantLock();

    Outbox(Listeners listeners) {
        this.listeners = listeners;
    }

    /**
     * Adds changes for the current listeners. The caller must hold the lock of the device, which determines the order.
     */
    ChangeBatch add(List<LiveChange> changes) {
        ChangeBatch batch = listeners.batch(changes);
        if (!changes.isEmpty()) {
            waiting.add(batch);
        }
        return batch;
    }

    /**
     * Delivers all queued batches, including this one. Waits if another thread is delivering.
     *
     * @return false if this batch must be redelivered to a listener
     */
    boolean deliver(ChangeBatch own) {
        boolean done = true;
        delivering.lock();
        try {
            boolean again = own.isStarted();
            for (ChangeBatch next = waiting.poll(); next != null; next = waiting.poll()) {
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

    /**
     * Delivers all queued batches, unless a thread is delivering them, possibly this one: a listener may cause changes.
     */
    void deliverWaiting() {
        while (!waiting.isEmpty() && !delivering.isHeldByCurrentThread() && delivering.tryLock()) {
            try {
                for (ChangeBatch next = waiting.poll(); next != null; next = waiting.poll()) {
                    listeners.deliverNow(next);
                }
            } finally {
                delivering.unlock();
            }
        }
    }
}
