package io.github.tuyacloud.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages that were taken and not answered yet: keeps their number within bounds, and each of them in once however often
 * it comes; thread-safe.
 */
final class InFlight {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Delivery> byId = new HashMap<>();
    private final int limit;
    private int handling;
    private boolean closed;

    /** What becomes of a delivery. */
    enum Admission {
        /** It is in hand now, and has to be handled. */
        TAKEN,
        /** Its message is in hand already, and the answer to that will be given for this delivery, too. */
        JOINED,
        /** Its connection has ended, or the subscription: it will come again. */
        LATE
    }

    /** The message service itself sends no more than it was told to; a limit above that is for one that does. */
    InFlight(int limit) {
        this.limit = limit;
    }

    /** Takes a delivery in; waits while there are too many, which keeps its connection from being read on. */
    Admission admit(Delivery delivery) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (closed || delivery.connection().hasEnded()) {
                    return Admission.LATE;
                }
                Delivery earlier = byId.get(delivery.messageId());
                if (earlier != null) {
                    earlier.answerTo().add(delivery.connection());
                    return Admission.JOINED;
                }
                if (byId.size() < limit) {
                    byId.put(delivery.messageId(), delivery);
                    return Admission.TAKEN;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins to handle a delivery; false when it was given back meanwhile. */
    boolean begin(Delivery delivery) {
        lock.lock();
        try {
            if (byId.get(delivery.messageId()) != delivery) {
                return false;
            }
            delivery.markHandling();
            handling++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the handling of a delivery; says where its answer goes, once for each time it came. */
    List<Connection> finish(Delivery delivery) {
        lock.lock();
        try {
            byId.remove(delivery.messageId());
            return delivery.answerTo();
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the answer of a delivery has been given. */
    void answered() {
        lock.lock();
        try {
            handling--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of what waits to be handled and came on a connection that has ended: it will come again. */
    List<Delivery> drop(Connection connection) {
        lock.lock();
        try {
            List<Delivery> dropped = new ArrayList<>();
            for (Iterator<Delivery> each = byId.values().iterator(); each.hasNext(); ) {
                Delivery delivery = each.next();
                if (!delivery.handling() && delivery.connection() == connection) {
                    each.remove();
                    dropped.add(delivery);
                }
            }
            changed.signalAll();
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more in, and lets go of everything that waits to be handled. */
    void close() {
        lock.lock();
        try {
            closed = true;
            byId.values().removeIf(delivery -> !delivery.handling());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is being handled; false when that takes longer. */
    boolean awaitIdle(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (handling > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return handling == 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many there are. */
    int size() {
        lock.lock();
        try {
            return byId.size();
        } finally {
            lock.unlock();
        }
    }
}
