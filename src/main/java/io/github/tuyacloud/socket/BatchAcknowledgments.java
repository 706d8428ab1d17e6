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
 * Decides when the messages of a batch are acknowledged. Guarded by the lock of {@link InFlight}.
 *
 * <p>If the gateway counts the messages of a batch, each acknowledgment is sent immediately. An older gateway takes the
 * first acknowledgment for the whole batch, so the acknowledgments of a batch are held back until all of its messages
 * have been handled. An older gateway does not send the size of a batch either, but its messages arrive together.
 * Therefore, the first acknowledgment waits until a later batch of the same partition has arrived, until no message has
 * arrived for half a second, or until the batch occupies all slots of the connection.
 *
 * <p>While one message of a batch fails, the others would keep their slots in the connection's queue, and a few such
 * batches would occupy the whole queue. The gateway frees one slot for each acknowledgment that it receives, no matter
 * for which message. When handled messages occupy many slots, these are freed by repeating an earlier acknowledgment,
 * which has no other effect. The message that is handled last acknowledges the whole batch. Until then, a batch takes
 * one bit for each message, and the number of batches is limited by the number of unhandled messages.
 */
final class BatchAcknowledgments {

    static final long SIBLING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /**
     * The wait if the queue is full: no message can arrive, and handlers that are running will free a slot, failing
     * ones may not.
     */
    private static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Handled messages may occupy one in this many slots. */
    private static final int HELD_FRACTION = 4;

    private final Map<BatchPosition.Entry, Batch> batches = new LinkedHashMap<>();

    /** The incomplete batches by partition; rarely more than one. */
    private final Map<String, Set<BatchPosition.Entry>> incomplete = new HashMap<>();

    private final Set<Batch> holding = new LinkedHashSet<>();

    private final int slots;
    private final long rememberedNanos;
    private final DelayTimer timer;
    private final LongSupplier nanoTime;
    private final Runnable flush;
    private int heldBack;
    private @Nullable String sent;
    private boolean flushScheduled;

    /**
     * Creates an instance without batches.
     *
     * @param slots the maximum number of unacknowledged frames of a connection
     * @param rememberedNanos how long messages that were handled before the loss of a connection are recognized
     * @param timer calls {@code flush}
     * @param nanoTime the monotonic clock
     * @param flush acquires the lock and sends the acknowledgments that are {@link #due}
     */
    BatchAcknowledgments(int slots, long rememberedNanos, DelayTimer timer, LongSupplier nanoTime, Runnable flush) {
        this.slots = slots;
        this.rememberedNanos = rememberedNanos;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.flush = flush;
    }

    /** Records the arrival of a message. Returns the acknowledgments of earlier batches, which are complete now. */
    List<Acknowledgment> arrived(BatchPosition position, boolean toBeHandled) {
        Batch batch = batches.computeIfAbsent(position.entry(), added -> new Batch(position.size()));
        batch.arrived(nanoTime.getAsLong());
        if (!toBeHandled) {
            batch.abandon();
        }
        List<Acknowledgment> released = position.isCounted() ? List.of() : completeBefore(position.entry());
        forgetOld();
        return released;
    }

    private List<Acknowledgment> completeBefore(BatchPosition.Entry entry) {
        Set<BatchPosition.Entry> ofStream = incomplete.computeIfAbsent(entry.stream(), added -> new LinkedHashSet<>());
        ofStream.add(entry);
        List<Acknowledgment> released = new ArrayList<>();
        for (BatchPosition.Entry other : List.copyOf(ofStream)) {
            if (other.number() < entry.number()) {
                removeIncomplete(other);
                released.addAll(complete(other));
            }
        }
        return released;
    }

    private List<Acknowledgment> complete(BatchPosition.Entry entry) {
        Batch batch = batches.get(entry);
        if (batch == null) {
            return List.of();
        }
        batch.complete();
        return release(batch);
    }

    /** Records the redelivery of a message that is being handled; the rest of its batch will follow. */
    void redelivered(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        if (batch != null) {
            batch.redelivered(nanoTime.getAsLong());
        }
    }

    /** Returns whether a message was handled before but not acknowledged. */
    boolean awaitsAcknowledgment(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        return batch != null && batch.awaitsAcknowledgment(position.index(), nanoTime.getAsLong(), rememberedNanos);
    }

    /** Records that a message was handled. Returns the acknowledgments to send now. */
    List<Acknowledgment> handled(BatchPosition position, List<Acknowledgment> acknowledgments) {
        Batch batch = batches.computeIfAbsent(position.entry(), added -> new Batch(position.size()));
        int heldBefore = batch.heldBack();
        batch.handled(position.index(), acknowledgments);
        if (position.isCounted()) {
            if (batch.isFullyHandled()) {
                batches.remove(position.entry());
            }
            return acknowledgments;
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

    /** Returns whether the batch occupies all slots and cannot free them; the rest of it could never arrive. */
    private boolean blocksItself(Batch batch) {
        return batch.heldBack() >= slots && (sent == null || slots == 1);
    }

    /**
     * Returns repeated acknowledgments, one for each slot to free: if handled messages occupy a quarter of the slots,
     * or a connection has no free slot.
     */
    List<Acknowledgment> freedSlots() {
        String repeated = sent;
        if (repeated == null
                || heldBack == 0
                || heldBack * HELD_FRACTION < slots
                        && holding.stream().noneMatch(batch -> batch.holdsSlotOfFullConnection(slots))) {
            return List.of();
        }
        List<Acknowledgment> returned = new ArrayList<>();
        for (Batch batch : List.copyOf(holding)) {
            int heldBefore = batch.heldBack();
            batch.freeSlots().forEach(connection -> returned.add(new Acknowledgment(connection, repeated, 0)));
            noteHeld(batch, heldBefore);
        }
        return returned;
    }

    /** Records that an acknowledgment was sent; it can be repeated at any time. */
    void sent(String messageId) {
        sent = messageId;
    }

    /** Records that an acknowledgment could not be sent. */
    void notSent(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        if (batch != null) {
            batch.notAcknowledged();
        }
    }

    private long nanosLeft(Batch batch) {
        boolean full = batch.holdsSlotOfFullConnection(slots);
        return batch.lastArrival() + (full ? FULL_NANOS : SIBLING_NANOS) - nanoTime.getAsLong();
    }

    /** Returns the acknowledgments that have waited long enough for further messages. */
    List<Acknowledgment> due() {
        flushScheduled = false;
        List<Acknowledgment> due = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (Batch batch : List.copyOf(holding)) {
            if (batch.isReady()) {
                if (nanosLeft(batch) <= 0) {
                    due.addAll(release(batch));
                } else {
                    // A full connection may soon have free slots again.
                    next = Math.min(next, Math.min(nanosLeft(batch), SIBLING_NANOS));
                }
            }
        }
        if (next < Long.MAX_VALUE) {
            scheduleFlush(next);
        }
        return due;
    }

    /** Records that a message was dropped; it will be redelivered. */
    void dropped(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        if (batch != null) {
            batch.dropped();
        }
    }

    /** Records that a message will not be handled here; its batch must not be acknowledged. */
    void abandoned(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        if (batch != null) {
            batch.abandon();
        }
    }

    /** Removes the acknowledgments for a lost connection. */
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

    /** Returns whether an acknowledgment was sent that may have counted for the whole batch. */
    boolean isAcknowledged(BatchPosition position) {
        Batch batch = batches.get(position.entry());
        return batch != null && batch.isAcknowledged();
    }

    /** Returns whether there are acknowledgments that wait only for messages that have not arrived. */
    boolean pending() {
        return holding.stream().anyMatch(Batch::isReady);
    }

    private List<Acknowledgment> release(Batch batch) {
        if (!batch.isReady()) {
            return List.of();
        }
        int heldBefore = batch.heldBack();
        List<Acknowledgment> released = batch.release();
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
     * Removes the oldest batches. Acknowledged batches are kept for late messages, and others for redelivered messages,
     * but no more of each than can be unfinished.
     */
    private void forgetOld() {
        if (batches.size() > slots) {
            forget(Batch::isAcknowledged, slots);
        }
        if (batches.size() > 2 * slots) {
            forget(batch -> true, 2 * slots);
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
