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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides when messages of a batch are acknowledged. Guarded by the lock of {@link InFlight}.
 *
 * <p>A gateway that counts the messages of a batch gets each acknowledgment at once. An older one takes the first
 * acknowledgment for the whole batch, so that those of a batch are held back until all of its messages have been handled.
 * An older gateway does not say how many messages a batch has. They arrive together, so the first acknowledgment waits until
 * a later batch of the same partition has arrived, half a second has passed in which others could have arrived, or the batch
 * holds all places of the connection.
 *
 * <p>While a message of a batch fails, the others would hold their places in the queue of the connection, and those of many
 * batches would hold all of them. The gateway frees one place for each acknowledgment that it receives, whichever message it
 * is for. When messages that were handled hold many places, these are returned by repeating an acknowledgment that was sent
 * before, which changes nothing else. The message of the batch that is handled last acknowledges all of it. What is then kept
 * of a batch is one bit for each message, and no more batches are kept than there are unhandled messages.
 */
final class BatchAcknowledgements {

    static final long SIBLING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Without a free place no message can arrive; messages that are being handled will free one, failing ones may not. */
    private static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** The part of the places that handled messages may hold. */
    private static final int HELD_PART = 4;

    private final Map<BatchPosition.Entry, Batch> batches = new LinkedHashMap<>();

    /** The incomplete batches by partition; rarely more than one. */
    private final Map<String, Set<BatchPosition.Entry>> incomplete = new HashMap<>();

    /** The batches with held-back acknowledgments. */
    private final Set<Batch> holding = new LinkedHashSet<>();

    private final int places;
    private final long rememberedNanos;
    private final DelayTimer timer;
    private final LongSupplier nanoTime;
    private final Runnable flush;
    private int heldBack;
    private @Nullable String sent;
    private boolean flushScheduled;

    /**
     * Creates it without batches.
     *
     * @param places how many unacknowledged frames a connection may have
     * @param rememberedNanos how long after the loss of a connection messages are recognized that were handled before
     * @param timer calls {@code flush}
     * @param nanoTime the monotonic clock
     * @param flush takes the lock and sends what is {@link #due}
     */
    BatchAcknowledgements(int places, long rememberedNanos, DelayTimer timer, LongSupplier nanoTime, Runnable flush) {
        this.places = places;
        this.rememberedNanos = rememberedNanos;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.flush = flush;
    }

    /** Records the arrival of a message. Returns the acknowledgments of earlier batches, which are now complete. */
    List<Acknowledgement> arrived(BatchPosition position, boolean toBeHandled) {
        Batch batch = batches.computeIfAbsent(position.entry(), added -> new Batch(position.size()));
        batch.arrived(nanoTime.getAsLong());
        if (!toBeHandled) {
            batch.abandon();
        }
        List<Acknowledgement> released = position.isCounted() ? List.of() : completeBefore(position.entry());
        forgetOld();
        return released;
    }

    private List<Acknowledgement> completeBefore(BatchPosition.Entry entry) {
        Set<BatchPosition.Entry> ofStream = incomplete.computeIfAbsent(entry.stream(), added -> new LinkedHashSet<>());
        ofStream.add(entry);
        List<Acknowledgement> released = new ArrayList<>();
        for (BatchPosition.Entry other : List.copyOf(ofStream)) {
            if (other.number() < entry.number()) {
                removeIncomplete(other);
                released.addAll(complete(other));
            }
        }
        return released;
    }

    private List<Acknowledgement> complete(BatchPosition.Entry entry) {
        Batch batch = batches.get(entry);
        if (batch == null) {
            return List.of();
        }
        batch.complete();
        return release(batch);
    }

    /** Records the arrival of a message that is already being handled; the others of its batch will follow. */
    void arrivedAgain(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        if (batch != null) {
            batch.arrivedAgain(nanoTime.getAsLong());
        }
    }

    /** Returns whether a message was handled before and only waits for its acknowledgment. */
    boolean awaitsAcknowledgement(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        return batch != null && batch.awaitsAcknowledgement(position.index(), nanoTime.getAsLong(), rememberedNanos);
    }

    /** Records a handled message. Returns the acknowledgments to send now. */
    List<Acknowledgement> handled(BatchPosition position, List<Acknowledgement> acknowledgements) {
        Batch batch = batches.computeIfAbsent(position.entry(), added -> new Batch(position.size()));
        int heldBefore = batch.heldBack();
        batch.handled(position.index(), acknowledgements);
        if (position.isCounted()) {
            if (batch.isWhole()) {
                batches.remove(position.entry());
            }
            return acknowledgements;
        }
        noteHeld(batch, heldBefore);
        if (!batch.isReady()) {
            return List.of();
        }
        if (batch.isComplete() || batch.isAcknowledged() || blocksItself(batch)) {
            return release(batch);
        }
        scheduleFlush(batch.lastArrival() + SIBLING_NANOS - nanoTime.getAsLong());
        return List.of();
    }

    /** Returns whether the batch holds all places and cannot return them, so that no other message of it can arrive. */
    private boolean blocksItself(Batch batch) {
        return batch.heldBack() >= places && (sent == null || places == 1);
    }

    /**
     * Returns repeated acknowledgments, one for each place that a handled message is to return: when those hold a quarter of
     * the places, or a connection has no free place.
     */
    List<Acknowledgement> returnedPlaces() {
        String repeated = sent;
        if (repeated == null
                || heldBack == 0
                || heldBack * HELD_PART < places
                        && holding.stream().noneMatch(batch -> batch.holdsPlaceOfFullConnection(places))) {
            return List.of();
        }
        List<Acknowledgement> returned = new ArrayList<>();
        for (Batch batch : List.copyOf(holding)) {
            int heldBefore = batch.heldBack();
            batch.returnPlaces().forEach(connection -> returned.add(new Acknowledgement(connection, repeated, 0)));
            noteHeld(batch, heldBefore);
        }
        return returned;
    }

    /** Records a sent acknowledgment, which can be repeated at any time. */
    void sent(String messageId) {
        sent = messageId;
    }

    /** Records an acknowledgment that could not be sent. */
    void notSent(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        if (batch != null) {
            batch.notAcknowledged();
        }
    }

    private long nanosLeft(Batch batch) {
        boolean full = batch.holdsPlaceOfFullConnection(places);
        return batch.lastArrival() + (full ? FULL_NANOS : SIBLING_NANOS) - nanoTime.getAsLong();
    }

    /** Returns the acknowledgments that have waited long enough for further messages. */
    List<Acknowledgement> due() {
        flushScheduled = false;
        List<Acknowledgement> due = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (Batch batch : List.copyOf(holding)) {
            if (batch.isReady()) {
                if (nanosLeft(batch) <= 0) {
                    due.addAll(release(batch));
                } else {
                    // A full connection may soon have room again.
                    next = Math.min(next, Math.min(nanosLeft(batch), SIBLING_NANOS));
                }
            }
        }
        if (next < Long.MAX_VALUE) {
            scheduleFlush(next);
        }
        return due;
    }

    /** Records a dropped message, which will be redelivered. */
    void dropped(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        if (batch != null) {
            batch.dropped();
        }
    }

    /** Records a message that will not be handled here anymore, so that its batch must not be acknowledged. */
    void abandoned(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        if (batch != null) {
            batch.abandon();
        }
    }

    /** Removes the acknowledgments that a lost connection waited for. */
    void lost(Connection connection) {
        long now = nanoTime.getAsLong();
        batches.forEach((entry, batch) -> {
            int heldBefore = batch.heldBack();
            batch.lost(connection, now);
            noteHeld(batch, heldBefore);
            if (!batch.isAcknowledged() && !batch.isCounted()) {
                incomplete
                        .computeIfAbsent(entry.stream(), added -> new LinkedHashSet<>())
                        .add(entry);
            }
        });
    }

    /** Returns whether an acknowledgment was sent, which may have counted for the whole batch. */
    boolean isAcknowledged(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        return batch != null && batch.isAcknowledged();
    }

    /** Returns whether acknowledgments only wait for messages that have not arrived. */
    boolean pending() {
        return holding.stream().anyMatch(Batch::isReady);
    }

    private List<Acknowledgement> release(Batch batch) {
        if (!batch.isReady()) {
            return List.of();
        }
        int heldBefore = batch.heldBack();
        List<Acknowledgement> released = batch.release();
        noteHeld(batch, heldBefore);
        return released;
    }

    private void noteHeld(Batch batch, int before) {
        heldBack += batch.heldBack() - before;
        if (batch.heldBack() == 0) {
            holding.remove(batch);
        } else {
            holding.add(batch);
        }
    }

    private void scheduleFlush(long nanos) {
        if (!flushScheduled) {
            flushScheduled = true;
            timer.schedule(flush, Duration.ofNanos(Math.max(0, nanos)));
        }
    }

    /**
     * Keeps acknowledged batches for messages that are late, and others for messages that come again, but no more of each than
     * can be unfinished.
     */
    private void forgetOld() {
        if (batches.size() > places) {
            forget(Batch::isAcknowledged, places);
        }
        if (batches.size() > 2 * places) {
            forget(batch -> true, 2 * places);
        }
    }

    private void forget(Predicate<Batch> which, int limit) {
        Iterator<Map.Entry<BatchPosition.Entry, Batch>> each =
                batches.entrySet().iterator();
        while (batches.size() > limit && each.hasNext()) {
            Map.Entry<BatchPosition.Entry, Batch> eldest = each.next();
            if (eldest.getValue().isIdle() && which.test(eldest.getValue())) {
                each.remove();
                removeIncomplete(eldest.getKey());
            }
        }
    }

    private void removeIncomplete(BatchPosition.Entry entry) {
        Set<BatchPosition.Entry> ofStream = incomplete.get(entry.stream());
        if (ofStream != null && ofStream.remove(entry) && ofStream.isEmpty()) {
            incomplete.remove(entry.stream());
        }
    }
}
