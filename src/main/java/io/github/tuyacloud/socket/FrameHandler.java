package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.LogSafe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parses the frames of a connection and submits new messages to the executor; runs on the connection's reader thread.
 */
final class FrameHandler {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    /** Frames that cannot be acknowledged may occupy one in this many slots. */
    private static final int TOLERATED_FRACTION = 4;

    /** The message service sends at most one message for each slot, except for some redeliveries. */
    private static final int TOLERATED_EXCESS = 1000;

    private final InFlight inFlight;
    private final OrderedExecutor executor;
    private final int slots;

    FrameHandler(InFlight inFlight, OrderedExecutor executor, int slots) {
        this.inFlight = inFlight;
        this.executor = executor;
        this.slots = slots;
    }

    void accept(Connection connection, String text) {
        Frame frame = Frame.parse(text);
        if (frame == null) {
            loseSlot(connection);
            return;
        }
        Delivery delivery = inFlight.admit(frame, text.length(), connection);
        if (delivery != null) {
            executor.add(delivery);
        }
        if (connection.slotsInUse() > slots + TOLERATED_EXCESS) {
            connection.fail(new ProtocolViolationException("the message service sent more than "
                    + (slots + TOLERATED_EXCESS) + " messages without waiting for acknowledgments"));
        }
    }

    private void loseSlot(Connection connection) {
        LogSafe.debug(LOG, "The message service sent a frame without a message id");
        int lost = connection.loseSlot();
        if (lost * TOLERATED_FRACTION >= slots) {
            LogSafe.warn(
                    LOG,
                    "{} frames without a message id occupy slots of the receiver queue ({}): reconnecting to free them",
                    lost,
                    slots);
            connection.cancel();
        }
    }
}
