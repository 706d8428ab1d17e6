package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A fetch in progress: its leader fetches on its own thread, and other threads that need the same value wait for the
 * result, a value or an error. If the leader is interrupted or runs out of its call timeout, a waiter becomes the next
 * leader.
 *
 * @param <V> what is fetched
 */
public final class Flight<V> {

    private final CompletableFuture<Landing<V>> landing = new CompletableFuture<>();

    /** The outcome of a flight: a value, an error for all waiters without more time than the leader, or neither. */
    private record Landing<V>(
            @Nullable V value,
            @Nullable RuntimeException failure,
            @Nullable Duration neededWait) {}

    /**
     * Passes a value to all waiters.
     *
     * @param value the value
     */
    public void succeed(V value) {
        landing.complete(new Landing<>(value, null, null));
    }

    /**
     * Passes an error to all waiters.
     *
     * @param failure the exception that the leader throws
     */
    public void fail(Throwable failure) {
        if (failure instanceof RuntimeException exception) {
            landing.complete(new Landing<>(null, exception, null));
        } else {
            landing.completeExceptionally(failure);
        }
    }

    /**
     * Passes an error to the waiters that do not have more time than the leader: the fetch could have been retried after a
     * wait that was too long for the leader.
     *
     * @param failure the exception that the leader throws
     * @param neededWait the wait before the retry
     */
    void failForLackOfTime(RuntimeException failure, Duration neededWait) {
        landing.complete(new Landing<>(null, failure, neededWait));
    }

    /** Ends the flight without an outcome: a waiter takes over. */
    public void abandon() {
        landing.complete(new Landing<>(null, null, null));
    }

    /**
     * Waits for the result.
     *
     * @param patience the time to wait
     * @return the value; null if the caller must fetch it itself, because the leader gave up
     * @throws InterruptedException if the thread is interrupted
     * @throws TimeoutException if the flight did not end in time
     */
    public @Nullable V await(Duration patience) throws InterruptedException, TimeoutException {
        long start = System.nanoTime();
        Landing<V> end;
        try {
            end = landing.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
        if (end.failure() == null) {
            return end.value();
        }
        Duration left = patience.minusNanos(System.nanoTime() - start);
        if (end.neededWait() != null && end.neededWait().compareTo(left) < 0) {
            return null;
        }
        throw end.failure();
    }
}
