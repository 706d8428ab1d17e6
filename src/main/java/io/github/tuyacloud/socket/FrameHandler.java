package io.github.tuyacloud.socket;

import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.UnreadableMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a delivery of each frame that comes, and sends it on its way to the handler unless it is in hand already. */
final class FrameHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FrameHandler.class);

    private final MessageReader reader;
    private final InFlight inHand;
    private final RedeliveryTracker earlier;
    private final Counters counters;
    private final Lanes lanes;

    FrameHandler(MessageReader reader, InFlight inHand, RedeliveryTracker earlier, Counters counters, Lanes lanes) {
        this.reader = reader;
        this.inHand = inHand;
        this.earlier = earlier;
        this.counters = counters;
        this.lanes = lanes;
    }

    /** Takes one frame in; runs on the thread that reads the connection, and holds it while too much is in hand. */
    void accept(Connection connection, String text) {
        Frame frame = Frame.parse(text);
        if (frame == null) {
            LOG.debug("The message service sent something that is no message");
            return;
        }
        int before = Math.max(frame.redeliveryCount(), earlier.count(frame.messageId()));
        counters.received();
        if (before > 0) {
            counters.redelivered();
        }
        try {
            LiveMessage message = read(frame, before);
            take(Delivery.of(message, connection), laneKey(message, frame));
        } catch (UnreadableException e) {
            UnreadableMessage unreadable = new UnreadableMessage(
                    frame.messageId(), before + 1, e.reason(), frame.properties(), frame.payload());
            take(Delivery.of(unreadable, connection), frame.messageId());
        }
    }

    private LiveMessage read(Frame frame, int before) throws UnreadableException {
        try {
            return reader.read(frame, before);
        } catch (RuntimeException e) {
            // Nothing that somebody sends may end the connection, for it would be sent again and end the next one too.
            throw new UnreadableException("it cannot be read (" + e.getClass().getName() + ")");
        }
    }

    private void take(Delivery delivery, String key) {
        try {
            switch (inHand.admit(delivery)) {
                case TAKEN -> lanes.dispatch(key, delivery);
                case JOINED -> {
                    if (delivery.redeliveryCount() == 0) {
                        // Nobody said so, but it is a repetition all the same.
                        counters.redelivered();
                    }
                }
                case LATE -> LOG.debug("A message came too late to be handled here");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String laneKey(LiveMessage message, Frame frame) {
        if (message.deviceId() != null) {
            return message.deviceId();
        }
        return frame.key() != null ? frame.key() : "";
    }
}
