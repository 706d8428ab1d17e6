package io.github.tuyacloud.engine;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a value once for all threads that need it at the same time: the first one fetches on its own thread, and the others
 * wait for its value or exception. If it is interrupted, runs out of its call timeout or ends with an {@link Error}, one of
 * the others takes over, on its own thread and with its own call timeout.
 *
 * @param <K> what a value is fetched for
 * @param <V> the value
 */
public final class SingleFlight<K, V> {

    /** With less time left, a waiter does not take over, because no answer would arrive in time. */
    private static final Duration WORTH_A_CALL = Duration.ofMillis(100);

    private final String value;
    private final String operation;
    private final Map<K, Flight<V>> flights = new ConcurrentHashMap<>();

    /**
     * How a caller gets the value by itself.
     *
     * @param <V> the value
     */
    public interface Fetch<V> {

        /** Returns the value if another caller has fetched it a moment ago; otherwise null. */
        @Nullable
        V known();

        /** Fetches the value and keeps it where {@link #known} finds it; the other callers are woken afterwards. */
        V fetch();

        /** Returns the source of the fetch: a failed fetch counts only for callers with the same source. */
        default String source() {
            return "";
        }
    }

    /** A fetch in progress, and how it ended: a value, a failure for those that wait, or neither if it was given up. */
    private static final class Flight<V> {

        private final String source;
        private final CountDownLatch done = new CountDownLatch(1);
        private @Nullable V value;
        private @Nullable RuntimeException failure;

        /** The wait before a retry that was too long for the first caller; one with more time fetches again. */
        private @Nullable Duration neededWait;

        Flight(String source) {
            this.source = source;
        }
    }

    /**
     * Creates a flight without fetches.
     *
     * @param value what the value is called in messages, such as {@code the access token}
     * @param operation the call that fetches it
     */
    public SingleFlight(String value, String operation) {
        this.value = value;
        this.operation = operation;
    }

    /** Returns the value, fetched on this thread or by another caller. */
    public V get(K key, Deadline deadline, Fetch<V> fetch) {
        while (true) {
            Flight<V> mine = new Flight<>(fetch.source());
            Flight<V> other = flights.putIfAbsent(key, mine);
            V fetched = other == null ? lead(key, mine, deadline, fetch) : follow(other, deadline, mine.source);
            if (fetched != null) {
                return fetched;
            }
            if (other != null) {
                flights.remove(key, other); // in case an error kept its thread from doing so
            }
            if (deadline.remaining().compareTo(WORTH_A_CALL) < 0) {
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
            boolean reasonOfItsOwn = Thread.currentThread().isInterrupted() || deadline.expired();
            mine.failure = reasonOfItsOwn ? null : e;
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

    /** Waits for another caller's fetch; returns null if this one must fetch itself. */
    private @Nullable V follow(Flight<V> other, Deadline deadline, String source) {
        try {
            if (!deadline.await(other.done, deadline.remaining())) {
                throw tooLate(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TuyaInterruptedException(
                    notSent(), "the thread was interrupted while another was fetching " + value, Sent.NO, e);
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
                value + ", which another thread was fetching, did not arrive within " + deadline.span(),
                Sent.NO,
                null);
    }

    private CallFailure notSent() {
        return CallFailure.builder(operation).retryable(true).build();
    }
}
