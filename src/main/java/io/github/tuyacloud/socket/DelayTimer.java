package io.github.tuyacloud.socket;

import io.github.tuyacloud.engine.DaemonThreads;
import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs short tasks after a delay. */
public interface DelayTimer extends AutoCloseable {

    /** Runs a task after a delay, unless the timer is closed before. */
    void schedule(Runnable task, Duration delay);

    /** Discards all tasks that have not run yet. */
    @Override
    void close();

    /** Creates a timer with one daemon thread, which starts with the first task. */
    static DelayTimer ofThread() {
        Logger log = LoggerFactory.getLogger("io.github.tuyacloud.messages");
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(1, DaemonThreads.named("tuya-messages-timer"));
        return new DelayTimer() {
            @Override
            public void schedule(Runnable task, Duration delay) {
                try {
                    thread.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
                } catch (RejectedExecutionException e) {
                    // The timer was closed; the message service will redeliver unacknowledged messages.
                }
            }

            private void run(Runnable task) {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    LogSafe.warn(log, "A timer task failed", e);
                }
            }

            @Override
            public void close() {
                thread.shutdownNow();
            }
        };
    }
}
