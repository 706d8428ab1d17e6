package io.github.tuyacloud.socket;

import java.util.ArrayList;
import java.util.List;

/** The handled messages and held-back acknowledgments of a batch. Guarded by the lock of {@link InFlight}. */
final class Batch {

    private final int size;
    private final SparseBits handled = new SparseBits();
    private final List<Acknowledgment> held = new ArrayList<>();
    private int unhandled;
    private int slotsFreed;
    private long lastArrival;
    private long lost;
    private boolean everLost;
    private boolean complete;
    private boolean acknowledged;
    private boolean abandoned;

    /** Creates a batch without messages; the size is -1 if it is unknown. */
    Batch(int size) {
        this.size = size;
    }

    /** Records the arrival of a message that must be handled. */
    void arrived(long now) {
        unhandled++;
        lastArrival = now;
    }

    /** Records the arrival of a message that is already being handled. */
    void redelivered(long now) {
        lastArrival = now;
    }

    /** Returns the time at which the latest message arrived. */
    long lastArrival() {
        return lastArrival;
    }

    /** Records that a message was handled, and holds back its acknowledgments. */
    void handled(int index, List<Acknowledgment> acknowledgments) {
        unhandled = Math.max(0, unhandled - 1);
        handled.set(index);
        if (!isCounted()) {
            held.addAll(acknowledgments);
        }
    }

    /** Returns whether a message was handled but not acknowledged. Forgets handled messages after the time limit. */
    boolean awaitsAcknowledgment(int index, long now, long limit) {
        if (everLost && now - lost >= limit) {
            handled.clear();
            everLost = false;
        }
        return !acknowledged && handled.get(index);
    }

    /** Records that a message was dropped; it will be redelivered. */
    void dropped() {
        unhandled = Math.max(0, unhandled - 1);
    }

    /** Records that a message will not be handled here; the batch must not be acknowledged. */
    void abandon() {
        abandoned = true;
    }

    /** Records that no more messages will arrive. */
    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    /** Returns whether the gateway counts the batch's acknowledgments; if it does, none is held back. */
    boolean isCounted() {
        return size > 0;
    }

    /** Returns whether the size is known and all messages have been handled. */
    boolean isFullyHandled() {
        return isCounted() && handled.count() >= size;
    }

    /** Returns whether an acknowledgment was sent that may have counted for the whole batch. */
    boolean isAcknowledged() {
        return acknowledged;
    }

    /** Returns whether all messages that have arrived were handled and their acknowledgments can be sent. */
    boolean isReady() {
        return unhandled == 0 && !abandoned && !held.isEmpty();
    }

    /** Returns whether no messages or acknowledgments are pending. */
    boolean isIdle() {
        return unhandled == 0 && held.isEmpty();
    }

    /** Returns the number of held-back acknowledgments. */
    int heldBack() {
        return held.size();
    }

    /** Returns whether a held-back acknowledgment belongs to a connection without free slots. */
    boolean holdsSlotOfFullConnection(int slots) {
        return held.stream().anyMatch(one -> one.connection().slotsInUse() >= slots);
    }

    /** Returns all held-back acknowledgments, which are to be sent now. */
    List<Acknowledgment> release() {
        List<Acknowledgment> released = new ArrayList<>(held);
        held.clear();
        acknowledged = true;
        if (slotsFreed > 0) {
            // It also acknowledges the messages whose slots were freed earlier.
            Acknowledgment last = released.remove(released.size() - 1);
            released.add(new Acknowledgment(last.connection(), last.messageId(), 1 + slotsFreed));
            slotsFreed = 0;
        }
        return released;
    }

    /** Records that an acknowledgment could not be sent. */
    void notAcknowledged() {
        acknowledged = false;
    }

    /**
     * Frees the slots of handled messages. Returns their connections, one entry for each slot. One message is kept to
     * acknowledge the batch at the end: one that is still to be handled, or the last one held back.
     */
    List<Connection> freeSlots() {
        List<Acknowledgment> returned = unhandled > 0 ? held : held.subList(0, Math.max(0, held.size() - 1));
        List<Connection> connections =
                returned.stream().map(Acknowledgment::connection).toList();
        slotsFreed += returned.size();
        returned.clear();
        return connections;
    }

    /**
     * Records the loss of a connection. The messages that it has not acknowledged will be redelivered, possibly with
     * the rest of the batch.
     */
    void lost(Connection connection, long now) {
        held.removeIf(one -> one.connection() == connection);
        slotsFreed = 0;
        if (!acknowledged) {
            complete = false;
            everLost = true;
            lost = now;
        }
    }
}
