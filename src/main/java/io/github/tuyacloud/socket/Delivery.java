package io.github.tuyacloud.socket;

import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.UnreadableMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message while it is being processed.
 *
 * <p>The list of connections is guarded by the lock of {@link InFlight}. All else is confined to the thread that
 * prepares or handles the message; {@link OrderedExecutor} publishes it safely from one thread to the next.
 */
final class Delivery {

    private final Frame frame;
    private final int length;
    private final @Nullable BatchPosition position;
    private final List<Connection> awaitingConnections = new ArrayList<>(1);
    private int attempts;
    private int localAttempts;
    private boolean running;
    private @Nullable LiveMessage message;
    private @Nullable UnreadableMessage unreadable;

    Delivery(Frame frame, int length, @Nullable BatchPosition position, Connection connection, int earlierAttempts) {
        this.frame = frame;
        this.length = length;
        this.position = position;
        this.attempts = earlierAttempts;
        awaitingConnections.add(connection);
    }

    Frame frame() {
        return frame;
    }

    /** Returns the length of its frame in characters. */
    int length() {
        return length;
    }

    String messageId() {
        return frame.messageId();
    }

    /** Returns the position in its batch; null if it is not part of a batch. */
    @Nullable
    BatchPosition position() {
        return position;
    }

    /** Returns the connections on which it must be acknowledged, one entry for each frame. */
    List<Connection> awaitingConnections() {
        return awaitingConnections;
    }

    boolean running() {
        return running;
    }

    void setRunning(boolean isRunning) {
        running = isRunning;
    }

    /** Returns the number of failed attempts, including those on earlier connections. */
    int attempts() {
        return attempts;
    }

    /** Returns the number of failed attempts since it arrived. */
    int localAttempts() {
        return localAttempts;
    }

    /** Counts a failed attempt and discards the content; the next attempt reads it again, with the new count. */
    void failedOnce() {
        attempts++;
        localAttempts++;
        message = null;
        unreadable = null;
    }

    /** Returns the number of earlier deliveries or attempts, whichever is larger. */
    int redeliveryCount() {
        return Math.max(frame.redeliveryCount(), attempts);
    }

    /** Returns the decrypted message; null if it has not been read yet or is unreadable. */
    @Nullable
    LiveMessage message() {
        return message;
    }

    /** Returns the description of an unreadable message; null if it is readable. */
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
