package io.github.tuyacloud.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Cancels calls whose time is over, or in which nothing happens any more, on one daemon thread that is made with the first
 * call and ends when there have been none for a while.
 *
 * <p>OkHttp's own timeouts wake a thread for each call and each read, and cost system calls. Here a call costs an entry in a
 * set: nearly all calls are over long before their time is, and the thread sleeps until the first that is not could be.
 */
final class TimeoutWatchdog implements AutoCloseable {

    private final long lingerNanos;
    private final Set<Watched> running = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private volatile boolean watching;
    private volatile boolean closed;

    /** When the thread looks again; no later than the earliest end of the calls that it has seen. */
    private volatile long nextLook;

    /** Starts without a thread; it will end when there has been no call for so long. */
    TimeoutWatchdog(Duration linger) {
        this.lingerNanos = linger.toNanos();
    }

    /** A call under watch, until it is closed. */
    final class Watched implements AutoCloseable {

        private final Runnable cancel;
        private final long lastEnd;
        private volatile long end;
        private volatile boolean ranOut;

        private Watched(Runnable cancel, long lastEnd) {
            this.cancel = cancel;
            this.lastEnd = lastEnd;
            this.end = lastEnd;
        }

        /** Allows for so long until this is asked for again, within the limit of the call. */
        void allow(Duration patience) {
            long patient = System.nanoTime() + patience.toNanos();
            end = patient - lastEnd < 0 ? patient : lastEnd;
            if (!watching || end - nextLook < 0) {
                wake();
            }
        }

        /** Whether the call was cancelled because its time was over. */
        boolean ranOut() {
            return ranOut;
        }

        private void runOut() {
            ranOut = true;
            cancel.run();
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }

    /**
     * Starts to watch a call; it is cancelled at once when this watch is closed.
     *
     * @param cancel ends it
     * @param limit how long it may take
     * @param patience how long it may take until {@code allow} is called
     */
    Watched watch(Runnable cancel, Duration limit, Duration patience) {
        Watched watched = new Watched(cancel, System.nanoTime() + limit.toNanos());
        running.add(watched);
        watched.allow(patience);
        if (closed) {
            cancel.run();
        }
        return watched;
    }

    /** Cancels all calls and ends the thread. */
    @Override
    public void close() {
        closed = true;
        running.forEach(watched -> watched.cancel.run());
        lock.lock();
        try {
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (watching) {
                woken.signalAll();
                return;
            }
            Thread thread = new Thread(null, this::keepWatch, "tuya-cloud-deadlines", 0, false);
            thread.setDaemon(true);
            thread.start();
            watching = true;
        } finally {
            lock.unlock();
        }
    }

    private void keepWatch() {
        lock.lock();
        try {
            boolean idle = false;
            while (!closed && !idle) {
                long pause = look();
                boolean nobody = running.isEmpty();
                idle = !wokenWithin(pause) && nobody;
            }
        } finally {
            watching = false;
            lock.unlock();
        }
        if (!closed && !running.isEmpty()) {
            wake(); // for a call that took this thread to be watching still
        }
    }

    /** Cancels what is overdue, and says how long there is nothing more to do. */
    private long look() {
        long now = System.nanoTime();
        long next = now + lingerNanos;
        nextLook = next; // already here: a call that is too late to be seen below sees this, and wakes the thread
        for (Watched watched : running) {
            long end = watched.end;
            if (end - now <= 0) {
                watched.runOut();
            } else if (end - next < 0) {
                next = end;
            }
        }
        nextLook = next;
        return next - now;
    }

    private boolean wokenWithin(long nanos) {
        try {
            return woken.awaitNanos(nanos) > 0;
        } catch (InterruptedException e) {
            return true; // nobody has a reason to; look again
        }
    }
}
