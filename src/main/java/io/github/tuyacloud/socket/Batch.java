package io.github.tuyacloud.socket;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One batch: which of its messages were handled, and which of their acknowledgements are held back. Guarded by the lock of
 * {@link InFlight}.
 */
final class Batch {

    private final int size;
    private final BitSet handled = new BitSet();
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

    /** Notes a message that arrived, to be handled now. */
    void arrived(long now) {
        unhandled++;
        lastArrival = now;
    }

    /** Notes a message that arrived and that is being handled already. */
    void arrivedAgain(long now) {
        lastArrival = now;
    }

    /** Returns when the last message arrived. */
    long lastArrival() {
        return lastArrival;
    }

    /** Notes a message that was handled, and holds its acknowledgements back. */
    void handled(int index, List<Acknowledgement> acknowledgements) {
        unhandled = Math.max(0, unhandled - 1);
        handled.set(index);
        if (!isCounted()) {
            held.addAll(acknowledgements);
        }
    }

    /** Returns whether a message was handled and not acknowledged, unless that is longer ago than the limit. */
    boolean awaitsAcknowledgement(int index, long now, long limit) {
        if (everLost && now - lost >= limit) {
            handled.clear();
            everLost = false;
        }
        return !acknowledged && handled.get(index);
    }

    /** Notes a message that was dropped and will come again. */
    void dropped() {
        unhandled = Math.max(0, unhandled - 1);
    }

    /** Notes that one of the messages will never be handled here: the batch must not be acknowledged. */
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

    /** Returns whether the gateway counts its acknowledgements, so that none is held back. */
    boolean isCounted() {
        return size > 0;
    }

    /** Returns whether all messages were handled of a batch whose size is known. */
    boolean isWhole() {
        return isCounted() && handled.cardinality() >= size;
    }

    /** Returns whether an acknowledgement was sent that may have counted for the whole batch. */
    boolean isAcknowledged() {
        return acknowledged;
    }

    /** Returns whether all messages that have arrived were handled, and their acknowledgement can be sent. */
    boolean isReady() {
        return unhandled == 0 && !abandoned && !held.isEmpty();
    }

    /** Returns whether neither messages nor acknowledgements wait. */
    boolean isIdle() {
        return unhandled == 0 && held.isEmpty();
    }

    /** Returns how many acknowledgements are held back. */
    int heldBack() {
        return held.size();
    }

    /** Returns whether one of the acknowledgements waits on a connection that has no free place. */
    boolean holdsPlaceOfFullConnection(int places) {
        return held.stream().anyMatch(one -> one.connection().placesTaken() >= places);
    }

    /** Returns all that is held back, to be sent. */
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

    /** Notes that an acknowledgement could not be sent. */
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

    /** Notes that a connection was lost. What was not acknowledged on it comes again, and so may the rest of the batch. */
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
