package io.github.tuyacloud.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Holds the acknowledgements of a batch together until all of its messages have been handled, because older gateways take the
 * first one for the whole batch. Guarded by the lock of {@link InFlight}.
 *
 * <p>A batch does not say how many messages it has. They arrive together, so the first acknowledgement waits until a later
 * batch of the same partition has arrived, half a second has passed in which others could have arrived, or the batch holds all
 * places of the connection.
 */
final class BatchAcknowledgements {

    static final long SIBLING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Without a free place no message can arrive; messages that are being handled will free one, failing ones may not. */
    private static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Map<BatchPosition, Batch> batches = new LinkedHashMap<>();

    /** By partition, the batches that more messages may arrive for; rarely more than one. */
    private final Map<String, Set<BatchPosition>> incomplete = new HashMap<>();

    private final int places;
    private final DelayTimer timer;
    private final LongSupplier nanoTime;
    private final Runnable flush;
    private boolean flushScheduled;

    private static final class Batch {
        private final List<Acknowledgement> held = new ArrayList<>();
        private int unhandled;
        private long lastArrival;
        private boolean complete;
        private boolean acknowledged;
        private boolean abandoned;

        boolean isReady() {
            return unhandled == 0 && !abandoned && !held.isEmpty();
        }
    }

    /**
     * Creates it without batches.
     *
     * @param places how many unacknowledged frames a connection may have
     * @param timer calls {@code flush}
     * @param nanoTime the monotonic clock
     * @param flush takes the lock and sends what is {@link #due}
     */
    BatchAcknowledgements(int places, DelayTimer timer, LongSupplier nanoTime, Runnable flush) {
        this.places = places;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.flush = flush;
    }

    /** Notes a message that arrived. Returns the acknowledgements of earlier batches, which are complete now. */
    List<Acknowledgement> arrived(BatchPosition position, boolean toBeHandled) {
        Batch batch = batches.computeIfAbsent(position, added -> new Batch());
        batch.unhandled++;
        batch.abandoned |= !toBeHandled;
        arrivedAgain(position);
        Set<BatchPosition> ofStream = incomplete.computeIfAbsent(position.stream(), added -> new LinkedHashSet<>());
        ofStream.add(position);
        List<Acknowledgement> released = new ArrayList<>();
        for (BatchPosition other : List.copyOf(ofStream)) {
            if (other.entry() < position.entry()) {
                ofStream.remove(other);
                released.addAll(complete(other));
            }
        }
        forgetOld();
        return released;
    }

    /** Notes that a message arrived that is being handled already: the others of its batch will follow. */
    void arrivedAgain(BatchPosition position) {
        Batch batch = batches.get(position);
        if (batch != null) {
            batch.lastArrival = nanoTime.getAsLong();
        }
    }

    private List<Acknowledgement> complete(BatchPosition position) {
        Batch batch = batches.get(position);
        if (batch == null) {
            return List.of();
        }
        batch.complete = true;
        return release(batch);
    }

    /** Notes a message that was handled. Returns what can be sent now. */
    List<Acknowledgement> handled(BatchPosition position, List<Acknowledgement> acknowledgements) {
        Batch batch = batches.computeIfAbsent(position, added -> new Batch());
        batch.unhandled = Math.max(0, batch.unhandled - 1);
        batch.held.addAll(acknowledgements);
        if (!batch.isReady()) {
            return List.of();
        }
        if (batch.complete || batch.acknowledged || holdsAllPlaces(batch)) {
            return release(batch);
        }
        scheduleFlush(batch.lastArrival + SIBLING_NANOS - nanoTime.getAsLong());
        return List.of();
    }

    /** Returns whether the batch holds all places, so that no other message can arrive before an acknowledgement. */
    private boolean holdsAllPlaces(Batch batch) {
        return batch.held.size() >= places;
    }

    private long nanosLeft(Batch batch) {
        boolean full = batch.held.stream().anyMatch(held -> held.connection().placesTaken() >= places);
        return batch.lastArrival + (full ? FULL_NANOS : SIBLING_NANOS) - nanoTime.getAsLong();
    }

    /** Returns what has waited long enough for further messages. */
    List<Acknowledgement> due() {
        flushScheduled = false;
        List<Acknowledgement> due = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (Batch batch : batches.values()) {
            if (batch.isReady()) {
                if (nanosLeft(batch) <= 0) {
                    due.addAll(release(batch));
                } else {
                    // A connection that is full now may not be so for long.
                    next = Math.min(next, Math.min(nanosLeft(batch), SIBLING_NANOS));
                }
            }
        }
        if (next < Long.MAX_VALUE) {
            scheduleFlush(next);
        }
        return due;
    }

    /** Notes a message that was dropped and will come again. */
    void dropped(BatchPosition position) {
        Batch batch = batches.get(position);
        if (batch != null) {
            batch.unhandled--;
        }
    }

    /** Notes a message that nothing will handle here any more, so that its batch must not be acknowledged. */
    void abandoned(BatchPosition position) {
        Batch batch = batches.get(position);
        if (batch != null) {
            batch.abandoned = true;
        }
    }

    /** Takes back the acknowledgements that a lost connection waited for. */
    List<Acknowledgement> lost(Connection connection) {
        List<Acknowledgement> lost = new ArrayList<>();
        batches.forEach((position, batch) -> {
            if (!batch.acknowledged) {
                // All that is not handled will come again, and so may the rest of the batch.
                batch.complete = false;
                incomplete
                        .computeIfAbsent(position.stream(), added -> new LinkedHashSet<>())
                        .add(position);
            }
            for (Iterator<Acknowledgement> each = batch.held.iterator(); each.hasNext(); ) {
                Acknowledgement held = each.next();
                if (held.connection() == connection) {
                    each.remove();
                    lost.add(held);
                }
            }
        });
        forgetOld();
        return lost;
    }

    /** Returns whether an acknowledgement was sent, which may have been taken for the whole batch. */
    boolean isAcknowledged(BatchPosition position) {
        Batch batch = batches.get(position);
        return batch != null && batch.acknowledged;
    }

    /** Returns whether acknowledgements only wait for messages that have not arrived. */
    boolean pending() {
        return batches.values().stream().anyMatch(Batch::isReady);
    }

    private static List<Acknowledgement> release(Batch batch) {
        if (!batch.isReady()) {
            return List.of();
        }
        batch.acknowledged = true;
        List<Acknowledgement> released = List.copyOf(batch.held);
        batch.held.clear();
        return released;
    }

    private void scheduleFlush(long nanos) {
        if (!flushScheduled) {
            flushScheduled = true;
            timer.schedule(flush, Duration.ofNanos(Math.max(0, nanos)));
        }
    }

    /** Keeps finished batches for messages that are late, but not more of them than can be unfinished. */
    private void forgetOld() {
        Iterator<Map.Entry<BatchPosition, Batch>> each = batches.entrySet().iterator();
        while (batches.size() > places && each.hasNext()) {
            Map.Entry<BatchPosition, Batch> eldest = each.next();
            Batch batch = eldest.getValue();
            if (batch.unhandled == 0 && batch.held.isEmpty()) {
                each.remove();
                incomplete.getOrDefault(eldest.getKey().stream(), Set.of()).remove(eldest.getKey());
            }
        }
    }
}
