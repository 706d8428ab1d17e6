package io.github.tuyacloud.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call on a background thread, and its outcome. */
public final class BackgroundCall<T> {

    /** How long to wait for the end of a call; shorter than a client's default timeouts. */
    private static final long LIMIT_SECONDS = 8;

    private final FutureTask<T> task;
    private final Thread thread;
    private volatile boolean interrupted;
    private volatile Duration took = Duration.ZERO;

    private BackgroundCall(Callable<T> call) {
        task = new FutureTask<>(() -> {
            long start = System.nanoTime();
            try {
                return call.call();
            } finally {
                interrupted = Thread.currentThread().isInterrupted();
                took = Duration.ofNanos(System.nanoTime() - start);
            }
        });
        thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    public static <T> BackgroundCall<T> start(Callable<T> call) {
        return new BackgroundCall<>(call);
    }

    public static BackgroundCall<Void> start(Runnable call) {
        return new BackgroundCall<>(() -> {
            call.run();
            return null;
        });
    }

    /** Waits until the thread is blocked. */
    public BackgroundCall<T> awaitBlocked() {
        Await.until(
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING,
                "a thread that waits");
        return this;
    }

    public void interrupt() {
        thread.interrupt();
    }

    /** Waits for the end of the call, and returns its result. */
    public T result() {
        try {
            return end();
        } catch (ExecutionException e) {
            throw new AssertionError("the call failed", e.getCause());
        }
    }

    /** Waits for the end of the call, and returns its exception. */
    public Throwable failure() {
        try {
            throw new AssertionError("the call returned " + end());
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** Returns whether the interrupt flag of the thread was set when the call ended. */
    public boolean endedInterrupted() {
        return interrupted;
    }

    public Duration took() {
        return took;
    }

    private T end() throws ExecutionException {
        try {
            return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the call has not ended", e);
        }
    }
}
