package io.github.tuyacloud.socket;

import io.github.tuyacloud.engine.BoundedId;
import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that have arrived and are not acknowledged yet. Tracks which connections wait for which acknowledgment,
 * and has each message handled once even if it arrives repeatedly; thread-safe.
 *
 * <p>Each frame occupies a place in the queue of its connection until it is acknowledged there or the connection ends.
 */
final class InFlight {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    /** Dropped messages are redelivered at once, at most as many as a connection has places. */
    private static final int REMEMBERED_TRIES = 1000;

    /**
     * The maximum number of characters of the messages that wait for their handler; less in a small heap. One message is
     * always admitted.
     */
    private static final long MAX_CHARS =
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8);

    /** The number of connections whose messages can wait at the same time: reconnecting must not fill the memory. */
    private static final int MAX_CONNECTIONS = 4;

    /** Messages beyond those that a connection may send: what handlers are busy with when it is lost, and repeated ones. */
    private static final int MAX_OTHERS = 2000;

    /** Longer than a reconnect takes. */
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Delivery> byId = new HashMap<>();
    private final Map<String, Integer> triesOfDropped = new BoundedMap<>(REMEMBERED_TRIES);
    private final Map<String, Long> handledUnanswered;
    private final Counters counters;
    private final BatchAcknowledgements batches;
    private final LongSupplier nanoTime;
    private final int maxMessages;
    private long chars;
    private int running;
    private boolean closed;
    private boolean warnedOfRoom;

    /** Removes the eldest entry if there are too many. */
    private static final class BoundedMap<V> extends LinkedHashMap<String, V> {

        private static final long serialVersionUID = 1L;

        private final int limit;

        BoundedMap(int limit) {
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > limit;
        }
    }

    InFlight(int places, Counters counters, DelayTimer timer, LongSupplier nanoTime) {
        this.handledUnanswered = new BoundedMap<>(places);
        this.counters = counters;
        this.nanoTime = nanoTime;
        this.maxMessages = MAX_CONNECTIONS * places + MAX_OTHERS;
        this.batches = new BatchAcknowledgements(places, REMEMBERED_NANOS, timer, nanoTime, this::flush);
    }

    /** Admits a frame, as soon as there is room for it. Returns the delivery to handle, or null. */
    @Nullable
    Delivery admit(Frame frame, int length, Connection connection) {
        BatchPosition position = BatchPosition.of(frame.messageId());
        lock.lock();
        try {
            counters.received();
            awaitRoom(length, connection);
            if (connection.hasEnded()) {
                return null;
            }
            connection.takePlace();
            Delivery present = byId.get(frame.messageId());
            Integer tries = take(triesOfDropped, frame.messageId());
            Long handledAt = take(handledUnanswered, frame.messageId());
            boolean handledBefore = handledAt != null && nanoTime.getAsLong() - handledAt < REMEMBERED_NANOS
                    || position != null && batches.awaitsAcknowledgement(position);
            if (frame.redeliveryCount() > 0 || present != null || tries != null || handledBefore) {
                counters.redelivered();
            }
            if (present != null) {
                present.owedTo().add(connection);
                if (position != null) {
                    batches.arrivedAgain(position);
                }
                return null;
            }
            if (position != null) {
                send(batches.arrived(position, !closed));
                send(batches.returnedPlaces());
            }
            if (closed) {
                return null;
            }
            if (handledBefore) {
                finished(frame.messageId(), position, List.of(connection));
                return null;
            }
            // A message that comes again counts as delivered before, even if it was not its turn then.
            int before = tries == null ? 0 : Math.max(1, tries);
            Delivery delivery = new Delivery(frame, length, position, connection, before);
            byId.put(frame.messageId(), delivery);
            chars += length;
            return delivery;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room, so that messages that arrive faster than they are handled stay on the wire. */
    private void awaitRoom(int length, Connection connection) {
        while (!hasRoom(length) && !closed && !connection.hasEnded()) {
            if (!warnedOfRoom) {
                warnedOfRoom = true;
                LogSafe.warn(
                        LOG,
                        "{} messages wait for the handler and occupy the memory reserved for them: more are read as these "
                                + "are handled. A smaller receiverQueueSize avoids this",
                        byId.size());
            }
            changed.awaitUninterruptibly();
        }
    }

    private boolean hasRoom(int length) {
        return byId.isEmpty() || chars + length <= MAX_CHARS && byId.size() < maxMessages;
    }

    /** Starts to run a delivery. Returns false if it was dropped meanwhile. */
    boolean begin(Delivery delivery) {
        lock.lock();
        try {
            if (byId.get(delivery.messageId()) != delivery) {
                return false;
            }
            delivery.setRunning(true);
            running++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the run of a delivery that is to be acknowledged. */
    void succeeded(Delivery delivery) {
        lock.lock();
        try {
            ended(delivery);
            remove(delivery);
            finished(delivery.messageId(), delivery.position(), delivery.owedTo());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the run of a delivery that must be retried. Returns false if it was dropped, because it will be redelivered. */
    boolean failed(Delivery delivery) {
        lock.lock();
        try {
            ended(delivery);
            delivery.failedOnce();
            if (!closed && stays(delivery)) {
                return true;
            }
            if (closed && delivery.position() != null) {
                batches.abandoned(delivery.position());
            }
            drop(delivery);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void ended(Delivery delivery) {
        delivery.setRunning(false);
        running--;
        changed.signalAll();
    }

    /** Drops deliveries that no connection waits for anymore; the message service will redeliver them. */
    void lost(Connection connection) {
        lock.lock();
        try {
            batches.lost(connection);
            for (Delivery delivery : List.copyOf(byId.values())) {
                delivery.owedTo().removeIf(owed -> owed == connection);
                if (!delivery.running() && !stays(delivery)) {
                    drop(delivery);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a delivery must still be handled. */
    boolean contains(Delivery delivery) {
        lock.lock();
        try {
            return byId.get(delivery.messageId()) == delivery;
        } finally {
            lock.unlock();
        }
    }

    /** Stops admitting frames, and drops everything that is not running. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (Delivery delivery : List.copyOf(byId.values())) {
                if (!delivery.running()) {
                    remove(delivery);
                    if (delivery.position() != null) {
                        batches.abandoned(delivery.position());
                    }
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing is running, and until acknowledgments that wait for the rest of a batch have been sent. Returns
     * false if the former takes longer than the timeout.
     */
    boolean awaitIdle(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            for (long left = timeout.toNanos(); running > 0 && left > 0; ) {
                left = changed.awaitNanos(left);
            }
            for (long left = 2 * BatchAcknowledgements.SIBLING_NANOS; batches.pending() && left > 0; ) {
                left = changed.awaitNanos(left);
            }
            return running == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of messages. */
    int size() {
        lock.lock();
        try {
            return byId.size();
        } finally {
            lock.unlock();
        }
    }

    private void flush() {
        lock.lock();
        try {
            send(batches.due());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean stays(Delivery delivery) {
        return !delivery.owedTo().isEmpty()
                || delivery.position() != null && batches.isAcknowledged(delivery.position());
    }

    private void drop(Delivery delivery) {
        remove(delivery);
        triesOfDropped.put(BoundedId.of(delivery.messageId()), delivery.tries());
        if (delivery.position() != null) {
            batches.dropped(delivery.position());
        }
    }

    private void remove(Delivery delivery) {
        if (byId.remove(delivery.messageId()) != null) {
            chars -= delivery.length();
            changed.signalAll();
        }
    }

    private static <V> @Nullable V take(Map<String, V> byId, String messageId) {
        return byId.isEmpty() ? null : byId.remove(BoundedId.of(messageId));
    }

    private void finished(String messageId, @Nullable BatchPosition position, List<Connection> owedTo) {
        List<Acknowledgement> acknowledgements = new ArrayList<>(owedTo.size());
        for (Connection connection : owedTo) {
            if (!connection.hasEnded()) {
                acknowledgements.add(new Acknowledgement(connection, messageId));
            }
        }
        if (position == null) {
            if (acknowledgements.isEmpty()) {
                handledUnanswered.put(BoundedId.of(messageId), nanoTime.getAsLong());
            }
            send(acknowledgements);
        } else {
            send(batches.handled(position, acknowledgements));
            send(batches.returnedPlaces());
        }
    }

    private void send(List<Acknowledgement> acknowledgements) {
        for (Acknowledgement acknowledgement : acknowledgements) {
            boolean isRepeated = acknowledgement.messages() == 0;
            if (acknowledgement.connection().acknowledge(acknowledgement.messageId())) {
                counters.acknowledged(acknowledgement.messages());
                batches.sent(acknowledgement.messageId());
            } else if (!isRepeated) {
                notSent(acknowledgement.messageId());
            }
        }
    }

    private void notSent(String messageId) {
        BatchPosition position = BatchPosition.of(messageId);
        if (position == null) {
            handledUnanswered.put(BoundedId.of(messageId), nanoTime.getAsLong());
        } else {
            batches.notSent(position);
        }
    }
}
