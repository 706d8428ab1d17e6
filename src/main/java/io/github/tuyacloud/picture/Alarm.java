package io.github.tuyacloud.picture;

import io.github.tuyacloud.picture.ServerTime.Moment;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Puts one thread to sleep until a task may be due or {@link #wake} is called; thread-safe. */
final class Alarm {

    private final ServerTime time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private volatile Setting setting;

    private record Setting(Moment set, Duration delay) {}

    Alarm(ServerTime time) {
        this.time = time;
        this.setting = new Setting(time.moment(), Duration.ZERO);
    }

    /** Wakes the thread because a task may be due. */
    void wake() {
        lock.lock();
        try {
            setting = new Setting(time.moment(), Duration.ZERO);
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the thread if it overslept because the machine was suspended. */
    void wakeIfDue() {
        Setting now = setting;
        if (time.since(now.set()).compareTo(now.delay()) >= 0) {
            wake();
        }
    }

    /**
     * Sleeps for a delay that starts at the given moment. Returns immediately if {@link #wake} was called since the
     * last sleep.
     */
    void sleep(Moment computed, Duration delay) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean wasWoken = setting.delay().isZero() && !delay.isZero();
            setting = new Setting(computed, delay);
            if (!wasWoken) {
                wake.await(delay.toNanos(), TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }
}
