package io.github.tuyacloud.socket;

import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.UnreadableMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message while it is processed.
 *
 * <p>Which connections wait for its acknowledgment is guarded by the lock of {@link InFlight}. Its content belongs to
 * the thread that prepares or handles it; {@link OrderedExecutor} passes it from one to the next.
 */
final class Delivery {

    private final Frame frame;
    private final int length;
    private final @Nullable BatchPosition position;
    private final List<Connection> owedTo = new ArrayList<>(1);
    private int tries;
    private int localTries;
    private boolean running;
    private @Nullable LiveMessage message;
    private @Nullable UnreadableMessage unreadable;

    Delivery(Frame frame, int length, @Nullable BatchPosition position, Connection connection, int earlierTries) {
        this.frame = frame;
        this.length = length;
        this.position = position;
        this.tries = earlierTries;
        owedTo.add(connection);
    }

    Frame frame() {
        return frame;
    }

    /** Returns the number of characters that it arrived with. */
    int length() {
        return length;
    }

    String messageId() {
        return frame.messageId();
    }

    /** Returns its position in a batch; null if it did not arrive in one. */
    @Nullable
    BatchPosition position() {
        return position;
    }

    /** Returns the connections that wait for an acknowledgment, one for each frame. */
    List<Connection> owedTo() {
        return owedTo;
    }

    boolean running() {
        return running;
    }

    void setRunning(boolean isRunning) {
        running = isRunning;
    }

    /** Returns the number of attempts, including those on earlier connections. */
    int tries() {
        return tries;
    }

    /** Returns the number of attempts since it arrived. */
    int localTries() {
        return localTries;
    }

    /** Counts a failed attempt and drops the content: the next attempt reads it again, with the new count. */
    void failedOnce() {
        tries++;
        localTries++;
        message = null;
        unreadable = null;
    }

    /** Returns the number of earlier deliveries or attempts, whichever is larger. */
    int redeliveryCount() {
        return Math.max(frame.redeliveryCount(), tries);
    }

    /** Returns the message; null if it has not been read or is unreadable. */
    @Nullable
    LiveMessage message() {
        return message;
    }

    /** Returns what is known about an unreadable message; null otherwise. */
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
