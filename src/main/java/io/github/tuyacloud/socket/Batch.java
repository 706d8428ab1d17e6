package io.github.tuyacloud.socket;

import java.util.ArrayList;
import java.util.List;

/** The state of a batch: handled messages and held-back acknowledgments. Guarded by the lock of {@link InFlight}. */
final class Batch {

    private final int size;
    private final SparseBits handled = new SparseBits();
    private final List<Acknowledgement> held = new ArrayList<>();
    private int unhandled;
    private int placesReturned;
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

    /** Records the arrival of a message to handle. */
    void arrived(long now) {
        unhandled++;
        lastArrival = now;
    }

    /** Records the arrival of a message that is already being handled. */
    void arrivedAgain(long now) {
        lastArrival = now;
    }

    /** Returns when the last message arrived. */
    long lastArrival() {
        return lastArrival;
    }

    /** Records a handled message, and holds back its acknowledgments. */
    void handled(int index, List<Acknowledgement> acknowledgements) {
        unhandled = Math.max(0, unhandled - 1);
        handled.set(index);
        if (!isCounted()) {
            held.addAll(acknowledgements);
        }
    }

    /** Returns whether a message was handled within the time limit but not acknowledged. */
    boolean awaitsAcknowledgement(int index, long now, long limit) {
        if (everLost && now - lost >= limit) {
            handled.clear();
            everLost = false;
        }
        return !acknowledged && handled.get(index);
    }

    /** Records a dropped message, which will be redelivered. */
    void dropped() {
        unhandled = Math.max(0, unhandled - 1);
    }

    /** Records that a message will never be handled here, so that the batch must not be acknowledged. */
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

    /** Returns whether the gateway counts its acknowledgments, so that none is held back. */
    boolean isCounted() {
        return size > 0;
    }

    /** Returns whether the size is known and all messages were handled. */
    boolean isWhole() {
        return isCounted() && handled.count() >= size;
    }

    /** Returns whether an acknowledgment was sent that may have counted for the whole batch. */
    boolean isAcknowledged() {
        return acknowledged;
    }

    /** Returns whether all messages that have arrived were handled, and their acknowledgment can be sent. */
    boolean isReady() {
        return unhandled == 0 && !abandoned && !held.isEmpty();
    }

    /** Returns whether neither messages nor acknowledgments wait. */
    boolean isIdle() {
        return unhandled == 0 && held.isEmpty();
    }

    /** Returns the number of held-back acknowledgments. */
    int heldBack() {
        return held.size();
    }

    /** Returns whether one of the acknowledgments waits on a connection that has no free place. */
    boolean holdsPlaceOfFullConnection(int places) {
        return held.stream().anyMatch(one -> one.connection().placesTaken() >= places);
    }

    /** Returns all held-back acknowledgments for sending. */
    List<Acknowledgement> release() {
        List<Acknowledgement> released = new ArrayList<>(held);
        held.clear();
        acknowledged = true;
        if (placesReturned > 0) {
            // The gateway takes it for the messages whose places it has back, too.
            Acknowledgement last = released.remove(released.size() - 1);
            released.add(new Acknowledgement(last.connection(), last.messageId(), 1 + placesReturned));
            placesReturned = 0;
        }
        return released;
    }

    /** Records that an acknowledgment could not be sent. */
    void notAcknowledged() {
        acknowledged = false;
    }

    /**
     * Returns the connections on which handled messages hold places, once for each place, and holds those no longer. One
     * message is acknowledged in the end, which is either still to be handled or stays held.
     */
    List<Connection> returnPlaces() {
        List<Acknowledgement> returned = unhandled > 0 ? held : held.subList(0, Math.max(0, held.size() - 1));
        List<Connection> connections =
                returned.stream().map(Acknowledgement::connection).toList();
        placesReturned += returned.size();
        returned.clear();
        return connections;
    }

    /**
     * Records the loss of a connection. Messages not acknowledged on it are redelivered, and possibly the rest of the
     * batch.
     */
    void lost(Connection connection, long now) {
        held.removeIf(one -> one.connection() == connection);
        placesReturned = 0;
        if (!acknowledged) {
            complete = false;
            everLost = true;
            lost = now;
        }
    }
}
