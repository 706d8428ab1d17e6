package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.LogSafe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits the frames of a connection and passes new messages on; runs on the thread that reads the connection. */
final class FrameHandler {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    /** The fraction of places that may be lost to frames that cannot be acknowledged. */
    private static final int TOLERATED_PART = 4;

    /** A message service sends no more messages than there are places, except for some that it repeats. */
    private static final int TOLERATED_EXCESS = 1000;

    private final InFlight inFlight;
    private final OrderedExecutor executor;
    private final int places;

    FrameHandler(InFlight inFlight, OrderedExecutor executor, int places) {
        this.inFlight = inFlight;
        this.executor = executor;
        this.places = places;
    }

    void accept(Connection connection, String text) {
        Frame frame = Frame.parse(text);
        if (frame == null) {
            losePlace(connection);
            return;
        }
        Delivery delivery = inFlight.admit(frame, text.length(), connection);
        if (delivery != null) {
            executor.add(delivery);
        }
        if (connection.placesTaken() > places + TOLERATED_EXCESS) {
            connection.fail(new ProtocolViolationException("the message service sent more than "
                    + (places + TOLERATED_EXCESS) + " messages without waiting for acknowledgments"));
        }
    }

    private void losePlace(Connection connection) {
        LogSafe.debug(LOG, "The message service sent a frame without a message id");
        int lost = connection.losePlace();
        if (lost * TOLERATED_PART >= places) {
            LogSafe.warn(
                    LOG,
                    "{} frames without a message id occupy places of the receiver queue ({}): reconnecting to free them",
                    lost,
                    places);
            connection.cancel();
        }
    }
}
