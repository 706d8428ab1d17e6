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
 * The messages that have arrived and are not acknowledged yet. Tracks on which connections each message must be
 * acknowledged, and filters redelivered messages that are being handled or were handled before; thread-safe.
 *
 * <p>Each frame occupies a slot in the queue of its connection until it is acknowledged there or the connection ends.
 */
final class InFlight {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    /** Dropped messages are redelivered soon, at most one for each slot of a connection. */
    private static final int MAX_REMEMBERED_ATTEMPTS = 1000;

    /**
     * The maximum total length of waiting messages in characters; smaller in a small heap. One message is always
     * admitted.
     */
    private static final long MAX_CHARS =
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8);

    /**
     * The number of connections whose messages can wait at the same time; limited because reconnecting must not fill
     * the memory.
     */
    private static final int MAX_CONNECTIONS = 4;

    /** Messages in addition to those: redelivered ones, and those being handled while a connection is lost. */
    private static final int MAX_OTHERS = 2000;

    /** Longer than a reconnect takes. */
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Delivery> byId = new HashMap<>();
    private final Map<String, Integer> attemptsOfDropped = new BoundedMap<>(MAX_REMEMBERED_ATTEMPTS);
    private final Map<String, Long> handledUnacknowledged;
    private final Counters counters;
    private final BatchAcknowledgments batches;
    private final LongSupplier nanoTime;
    private final int maxMessages;
    private long chars;
    private int running;
    private boolean closed;
    private boolean warnedOfRoom;

    /** A map that evicts its eldest entry when it is full. */
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

    InFlight(int slots, Counters counters, DelayTimer timer, LongSupplier nanoTime) {
        this.handledUnacknowledged = new BoundedMap<>(slots);
        this.counters = counters;
        this.nanoTime = nanoTime;
        this.maxMessages = MAX_CONNECTIONS * slots + MAX_OTHERS;
        this.batches = new BatchAcknowledgments(slots, REMEMBERED_NANOS, timer, nanoTime, this::flush);
    }

    /** Waits until there is room for a frame and admits it. Returns the delivery to handle, or null. */
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
            connection.occupySlot();
            Delivery present = byId.get(frame.messageId());
            Integer attempts = take(attemptsOfDropped, frame.messageId());
            Long handledAt = take(handledUnacknowledged, frame.messageId());
            boolean handledBefore = handledAt != null && nanoTime.getAsLong() - handledAt < REMEMBERED_NANOS
                    || position != null && batches.awaitsAcknowledgment(position);
            if (frame.redeliveryCount() > 0 || present != null || attempts != null || handledBefore) {
                counters.redelivered();
            }
            if (present != null) {
                present.awaitingConnections().add(connection);
                if (position != null) {
                    batches.redelivered(position);
                }
                return null;
            }
            if (position != null) {
                send(batches.arrived(position, !closed));
                send(batches.freedSlots());
            }
            if (closed) {
                return null;
            }
            if (handledBefore) {
                finished(frame.messageId(), position, List.of(connection));
                return null;
            }
            // A redelivered message counts as tried at least once, even if it was dropped before its first attempt.
            int before = attempts == null ? 0 : Math.max(1, attempts);
            Delivery delivery = new Delivery(frame, length, position, connection, before);
            byId.put(frame.messageId(), delivery);
            chars += length;
            return delivery;
        } finally {
            lock.unlock();
        }
    }

    /** Applies backpressure: while there is no room, nothing is read from the connection. */
    private void awaitRoom(int length, Connection connection) {
        while (!hasRoom(length) && !closed && !connection.hasEnded()) {
            if (!warnedOfRoom) {
                warnedOfRoom = true;
                LogSafe.warn(
                        LOG,
                        "{} messages are waiting for the handler and fill the memory reserved for them: reading continues as "
                                + "messages are handled. A smaller receiverQueueSize avoids this",
                        byId.size());
            }
            changed.awaitUninterruptibly();
        }
    }

    private boolean hasRoom(int length) {
        return byId.isEmpty() || chars + length <= MAX_CHARS && byId.size() < maxMessages;
    }

    /** Marks a delivery as running. Returns false if it has been dropped. */
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

    /** Ends the run of a delivery and acknowledges it. */
    void succeeded(Delivery delivery) {
        lock.lock();
        try {
            ended(delivery);
            remove(delivery);
            finished(delivery.messageId(), delivery.position(), delivery.awaitingConnections());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the run of a delivery that must be retried. Returns false if it was dropped because it will be redelivered.
     */
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

    /** Drops deliveries that cannot be acknowledged on any connection; the message service will redeliver them. */
    void lost(Connection connection) {
        lock.lock();
        try {
            batches.lost(connection);
            for (Delivery delivery : List.copyOf(byId.values())) {
                delivery.awaitingConnections().removeIf(owed -> owed == connection);
                if (!delivery.running() && !stays(delivery)) {
                    drop(delivery);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a delivery is still to be handled. */
    boolean contains(Delivery delivery) {
        lock.lock();
        try {
            return byId.get(delivery.messageId()) == delivery;
        } finally {
            lock.unlock();
        }
    }

    /** Stops admitting frames and drops all deliveries that are not running. */
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
     * Waits until no delivery is running, and then until acknowledgments held back for the rest of a batch have been
     * sent. Returns false if a delivery is still running after the timeout.
     */
    boolean awaitIdle(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            for (long left = timeout.toNanos(); running > 0 && left > 0; ) {
                left = changed.awaitNanos(left);
            }
            for (long left = 2 * BatchAcknowledgments.SIBLING_NANOS; batches.pending() && left > 0; ) {
                left = changed.awaitNanos(left);
            }
            return running == 0;
        } finally {
            lock.unlock();
        }
    }

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
        return !delivery.awaitingConnections().isEmpty()
                || delivery.position() != null && batches.isAcknowledged(delivery.position());
    }

    private void drop(Delivery delivery) {
        remove(delivery);
        attemptsOfDropped.put(BoundedId.of(delivery.messageId()), delivery.attempts());
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

    private void finished(String messageId, @Nullable BatchPosition position, List<Connection> awaitingConnections) {
        List<Acknowledgment> acknowledgments = new ArrayList<>(awaitingConnections.size());
        for (Connection connection : awaitingConnections) {
            if (!connection.hasEnded()) {
                acknowledgments.add(new Acknowledgment(connection, messageId));
            }
        }
        if (position == null) {
            if (acknowledgments.isEmpty()) {
                handledUnacknowledged.put(BoundedId.of(messageId), nanoTime.getAsLong());
            }
            send(acknowledgments);
        } else {
            send(batches.handled(position, acknowledgments));
            send(batches.freedSlots());
        }
    }

    private void send(List<Acknowledgment> acknowledgments) {
        for (Acknowledgment acknowledgment : acknowledgments) {
            boolean isRepeated = acknowledgment.messages() == 0;
            if (acknowledgment.connection().acknowledge(acknowledgment.messageId())) {
                counters.acknowledged(acknowledgment.messages());
                batches.sent(acknowledgment.messageId());
            } else if (!isRepeated) {
                notSent(acknowledgment.messageId());
            }
        }
    }

    private void notSent(String messageId) {
        BatchPosition position = BatchPosition.of(messageId);
        if (position == null) {
            handledUnacknowledged.put(BoundedId.of(messageId), nanoTime.getAsLong());
        } else {
            batches.notSent(position);
        }
    }
}
