package io.github.tuyacloud.fake;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs delayed tasks by the fake cloud's clock, in order of their times. Tasks with the same time run in the order in
 * which they were added.
 */
final class Agenda implements AutoCloseable {
    private static final long POLL_MILLIS = 10;

    private record Task(Instant due, long number, Runnable action) {}

    private final Clock clock;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparingLong(Task::number));
    private @Nullable ScheduledThreadPoolExecutor timer;
    private boolean closed;
    private long added;

    Agenda(Clock clock) {
        this.clock = clock;
    }

    /** Adds a task. It runs on the agenda's own thread, unless {@link #runDue()} is called first. */
    synchronized void at(Instant due, Runnable action) {
        if (closed) {
            return;
        }
        tasks.add(new Task(due, added++, action));
        if (timer == null) {
            // A test may move the clock at any time, so the time to wait cannot be computed: poll.
            timer = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "fake-agenda");
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleWithFixedDelay(this::runDue, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Runs all due tasks and returns their number; waits if another thread is running them. */
    synchronized int runDue() {
        int ran = 0;
        for (Task next = tasks.peek(); next != null && !next.due().isAfter(clock.instant()); next = tasks.peek()) {
            tasks.remove();
            next.action().run();
            ran++;
        }
        return ran;
    }

    @Override
    public synchronized void close() {
        closed = true;
        tasks.clear();
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
