package io.github.tuyacloud.engine;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a value once for all threads that need it at the same time: the first caller fetches it on its own thread,
 * and the others wait for its value or exception. If the first caller is interrupted, exceeds its call timeout or fails
 * with an {@link Error}, another one takes over, on its own thread and with its own call timeout.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class SingleFlight<K, V> {

    /** With less time left, a waiting caller does not take over, because no response would arrive in time. */
    private static final Duration MIN_TIME_FOR_CALL = Duration.ofMillis(100);

    private final String value;
    private final String operation;
    private final Map<K, Flight<V>> flights = new ConcurrentHashMap<>();

    /**
     * Fetches the value for one caller.
     *
     * @param <V> the type of the value
     */
    public interface Fetch<V> {

        /** Returns the value if another caller has just fetched it, otherwise null. */
        @Nullable
        V known();

        /** Fetches the value and stores it for {@link #known}; waiting callers are woken afterward. */
        V fetch();

        /** Returns the source of the fetch: a failed fetch counts only for callers with the same source. */
        default String source() {
            return "";
        }
    }

    /** A fetch in progress and its result: a value, a failure for waiting callers, or neither if it was abandoned. */
    private static final class Flight<V> {

        private final String source;
        private final CountDownLatch done = new CountDownLatch(1);

        /** Held by the waiting caller that checks whether the client was closed; passed on when it stops waiting. */
        private final Semaphore watch = new Semaphore(1);

        private @Nullable V value;
        private @Nullable RuntimeException failure;

        /** The wait that exceeded the first caller's deadline; a caller with more time fetches again. */
        private @Nullable Duration neededWait;

        Flight(String source) {
            this.source = source;
        }

        /**
         * Waits for the result; false if it did not arrive in time. One caller checks at short intervals whether the
         * client was closed; the others wait for their turn to do so. If all checked at once, thousands of callers would
         * leave no processor time for the one that is fetching: each of these waits takes time in proportion to their
         * number.
         */
        private boolean await(Deadline deadline) throws InterruptedException {
            if (!watch.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            try {
                deadline.checkOpen();
                return deadline.await(done, deadline.remaining());
            } finally {
                watch.release();
            }
        }
    }

    /**
     * Creates an instance without fetches.
     *
     * @param value the name of the value in messages, such as {@code the access token}
     * @param operation the call that fetches it
     */
    public SingleFlight(String value, String operation) {
        this.value = value;
        this.operation = operation;
    }

    /** Returns the value, fetched by this or another caller. */
    public V get(K key, Deadline deadline, Fetch<V> fetch) {
        while (true) {
            Flight<V> mine = new Flight<>(fetch.source());
            Flight<V> other = flights.putIfAbsent(key, mine);
            V fetched = other == null ? lead(key, mine, deadline, fetch) : follow(other, deadline, mine.source);
            if (fetched != null) {
                return fetched;
            }
            if (other != null) {
                flights.remove(key, other); // in case an error kept the other thread from removing it
            }
            if (deadline.remaining().compareTo(MIN_TIME_FOR_CALL) < 0) {
                throw tooLate(deadline);
            }
        }
    }

    private V lead(K key, Flight<V> mine, Deadline deadline, Fetch<V> fetch) {
        try {
            V known = fetch.known();
            V fetched = known != null ? known : fetch.fetch();
            mine.value = fetched;
            return fetched;
        } catch (RuntimeException e) {
            boolean ownReason = Thread.currentThread().isInterrupted() || deadline.expired();
            mine.failure = ownReason ? null : e;
            mine.neededWait = deadline.refusedWait();
            throw e;
        } finally {
            try {
                flights.remove(key, mine);
            } finally {
                mine.done.countDown();
            }
        }
    }

    /** Waits for another caller's fetch. Returns null if this caller must fetch the value itself. */
    private @Nullable V follow(Flight<V> other, Deadline deadline, String source) {
        try {
            if (!other.await(deadline)) {
                throw tooLate(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TuyaInterruptedException(
                    notSent(), "the thread was interrupted while another thread was fetching " + value, Sent.NO, e);
        }
        Duration neededWait = other.neededWait;
        boolean hasMoreTime = neededWait != null && neededWait.compareTo(deadline.remaining()) < 0;
        if (other.failure == null || hasMoreTime || !other.source.equals(source)) {
            return other.value;
        }
        throw other.failure;
    }

    private TuyaTransportException tooLate(Deadline deadline) {
        return new TuyaTransportException(
                notSent(),
                value + ", which another thread was fetching, did not arrive within "
                        + LogSafe.duration(deadline.span()),
                Sent.NO,
                null);
    }

    private CallFailure notSent() {
        return CallFailure.builder(operation).retryable(true).build();
    }
}
