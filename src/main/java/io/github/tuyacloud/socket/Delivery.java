package io.github.tuyacloud.socket;

import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.UnreadableMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way through the program.
 *
 * <p>Which connections wait for its acknowledgement is guarded by the lock of {@link InFlight}. What it contains belongs to
 * whichever thread prepares or handles it; {@link OrderedExecutor} hands it from one to the next.
 */
final class Delivery {

    private final Frame frame;
    private final @Nullable BatchPosition position;
    private final List<Connection> owedTo = new ArrayList<>(1);
    private int tries;
    private int localTries;
    private boolean running;
    private @Nullable LiveMessage message;
    private @Nullable UnreadableMessage unreadable;

    Delivery(Frame frame, @Nullable BatchPosition position, Connection connection, int earlierTries) {
        this.frame = frame;
        this.position = position;
        this.tries = earlierTries;
        owedTo.add(connection);
    }

    Frame frame() {
        return frame;
    }

    String messageId() {
        return frame.messageId();
    }

    /** Returns where it is in a batch; null if it did not come in one. */
    @Nullable
    BatchPosition position() {
        return position;
    }

    /** Returns the connections that wait for an acknowledgement, one for each frame. */
    List<Connection> owedTo() {
        return owedTo;
    }

    boolean running() {
        return running;
    }

    void setRunning(boolean isRunning) {
        running = isRunning;
    }

    /** Returns how often it was tried, on earlier connections too. */
    int tries() {
        return tries;
    }

    /** Returns how often it was tried since it arrived. */
    int localTries() {
        return localTries;
    }

    /** Counts a try that failed, and forgets the content: the next try reads it again, with the new count. */
    void failedOnce() {
        tries++;
        localTries++;
        message = null;
        unreadable = null;
    }

    /** Returns how often it was delivered or tried before, whichever is more. */
    int redeliveryCount() {
        return Math.max(frame.redeliveryCount(), tries);
    }

    /** Returns the message; null if it has not been read, or could not be. */
    @Nullable
    LiveMessage message() {
        return message;
    }

    /** Returns what is known of a message that could not be read; null otherwise. */
    @Nullable
    UnreadableMessage unreadable() {
        return unreadable;
    }

    void setMessage(LiveMessage read) {
        message = read;
    }

    void setUnreadable(UnreadableMessage reason) {
        unreadable = reason;
    }
}
