package io.github.tuyacloud.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Cancels calls that exceed their time limit or make no progress, from one daemon thread. The thread starts with the
 * first call and ends after a minute without calls.
 *
 * <p>OkHttp's own timeouts wake a thread for each call, each write and each read, which takes more CPU time than the
 * rest of a short call. Here, a call only adds an entry to a set. The thread sleeps until the earliest possible
 * timeout, and nearly all calls end long before theirs.
 */
final class TimeoutWatchdog implements AutoCloseable, Runnable {

    /** The delay before an operation that failed with an {@link Error} is retried. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The interval at which threads are checked for interrupts, for calls whose sockets ignore them. */
    private static final long INTERRUPT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long lingerNanos;
    private final @Nullable Consumer<Call> canceler;
    private final Set<Watched> running = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private volatile boolean watching;
    private volatile boolean closed;

    /** The time of the next check, not later than the earliest timeout of the known calls. */
    private volatile long nextCheck;

    /**
     * Creates a watchdog.
     *
     * @param linger how long the thread stays alive without calls
     * @param canceler cancels a call; null to cancel it directly
     */
    TimeoutWatchdog(Duration linger, @Nullable Consumer<Call> canceler) {
        this.lingerNanos = linger.toNanos();
        this.canceler = canceler;
    }

    /** A watched call; close this when the call ends. */
    final class Watched implements AutoCloseable {

        private final Call call;
        private final long lastEnd;
        private final Thread caller = Thread.currentThread();
        private volatile long end;
        private volatile boolean timedOut;
        private volatile boolean followsInterrupts;

        private Watched(Call call, long lastEnd) {
            this.call = call;
            this.lastEnd = lastEnd;
            this.end = lastEnd;
        }

        /** Sets the time that the call may still take, within its overall limit. */
        void allow(long nanos) {
            long now = System.nanoTime();
            end = nanos < lastEnd - now ? now + nanos : lastEnd;
            if (!watching || end - nextCheck < 0) {
                wake();
            }
        }

        /** Also cancels the call if its thread is interrupted, because its socket does not notice that. */
        void followInterrupts() {
            followsInterrupts = true;
            wake();
        }

        /** Returns whether the call was canceled because its time was up. */
        boolean timedOut() {
            return timedOut;
        }

        private boolean timeOut() {
            timedOut = true;
            return tryToCancel();
        }

        /** Cancels the call. Returns false if that failed and must be retried. */
        private boolean tryToCancel() {
            try {
                if (canceler == null) {
                    call.cancel();
                } else {
                    canceler.accept(call);
                }
                return true;
            } catch (Throwable e) {
                return false; // other calls must still time out
            }
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }

    /**
     * Starts watching a call; it is canceled immediately if this watchdog is closed.
     *
     * @param call the call
     * @param limitNanos the time limit of the call
     * @param stepNanos the time limit of the first step, until {@code allow} is called
     */
    Watched watch(Call call, long limitNanos, long stepNanos) {
        Watched watched = new Watched(call, System.nanoTime() + limitNanos);
        running.add(watched);
        try {
            watched.allow(stepNanos);
        } catch (Error e) { // no thread can be started
            watched.close();
            throw e;
        }
        if (closed) {
            watched.tryToCancel();
        }
        return watched;
    }

    /** Cancels all calls, and ends the thread. */
    @Override
    public void close() {
        closed = true;
        for (Watched watched : running) {
            watched.tryToCancel();
        }
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
            Thread thread = new Thread(this, "tuya-cloud-timeouts");
            thread.setDaemon(true);
            thread.start();
            watching = true;
        } finally {
            lock.unlock();
        }
    }

    /** Checks calls until there have been none for a while. */
    @Override
    public void run() {
        boolean done = false;
        while (!done) {
            try {
                done = watchUntilIdle();
            } catch (Throwable e) {
                // Probably out of memory. All calls depend on this thread, so it continues.
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
        if (!closed && !running.isEmpty()) {
            wake(); // for a call that was added while this thread was ending
        }
    }

    /** Checks calls until there have been none for a while. Always returns true. */
    private boolean watchUntilIdle() {
        lock.lock();
        try {
            boolean idle = false;
            while (!closed && !idle) {
                long pause = check();
                boolean unused = running.isEmpty();
                idle = !wokenWithin(pause) && unused;
            }
            watching = false;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels overdue calls. Returns the time until the next check. */
    private long check() {
        long now = System.nanoTime();
        long next = now + lingerNanos;
        nextCheck = next; // set first: a call that the loop below misses reads this and wakes the thread
        for (Watched watched : running) {
            long end = watched.end;
            if (end - now <= 0) {
                end = watched.timeOut() ? next : now + RETRY_NANOS;
            }
            if (watched.followsInterrupts) {
                if (watched.caller.isInterrupted()) {
                    watched.tryToCancel();
                }
                end = end - now < INTERRUPT_NANOS ? end : now + INTERRUPT_NANOS;
            }
            if (end - next < 0) {
                next = end;
            }
        }
        nextCheck = next;
        return next - now;
    }

    private boolean wokenWithin(long nanos) {
        try {
            return woken.awaitNanos(nanos) > 0;
        } catch (InterruptedException e) {
            return true; // check again
        }
    }
}
