package io.github.tuyacloud.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One fetch that is under way: its leader fetches on its own thread, and everyone else who needs the same thing waits for
 * the result, be it a value or an error. A leader that gives up for a reason of its own, an interrupt or a spent call timeout,
 * leaves the flight to the next one.
 *
 * @param <V> what is fetched
 */
public final class Flight<V> {

    private final CompletableFuture<Landing<V>> landing = new CompletableFuture<>();

    /** How a flight ended: with a value, with an error for all who would not have fared better, or with neither. */
    private record Landing<V>(
            @Nullable V value,
            @Nullable RuntimeException failure,
            @Nullable Duration neededWait) {}

    /**
     * Hands a value to all who wait.
     *
     * @param value the value
     */
    public void succeed(V value) {
        landing.complete(new Landing<>(value, null, null));
    }

    /**
     * Hands an error to all who wait.
     *
     * @param failure what the leader throws
     */
    public void fail(Throwable failure) {
        if (failure instanceof RuntimeException exception) {
            landing.complete(new Landing<>(null, exception, null));
        } else {
            landing.completeExceptionally(failure);
        }
    }

    /**
     * Hands an error to those who wait and have no more time than the leader had: it could have been retried after a wait
     * that was too long for the leader.
     *
     * @param failure what the leader throws
     * @param neededWait the wait before the retry
     */
    void failForLackOfTime(RuntimeException failure, Duration neededWait) {
        landing.complete(new Landing<>(null, failure, neededWait));
    }

    /** Leaves the flight to the next one. */
    public void abandon() {
        landing.complete(new Landing<>(null, null, null));
    }

    /**
     * Waits for the result.
     *
     * @param patience how long to wait
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
