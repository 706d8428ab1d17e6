package io.github.tuyacloud.socket;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A timer whose tasks run only when a test runs them. */
final class ManualTimer implements DelayTimer {

    private record Task(Runnable task, Duration delay) {}

    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();

    @Override
    public void schedule(Runnable task, Duration delay) {
        tasks.add(new Task(task, delay));
    }

    /** Waits for the next task, runs it, and returns its delay. */
    Duration runNext() throws InterruptedException {
        Task next = tasks.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was scheduled");
        }
        next.task().run();
        return next.delay();
    }

    int scheduled() {
        return tasks.size();
    }

    @Override
    public void close() {
        tasks.clear();
    }
}
