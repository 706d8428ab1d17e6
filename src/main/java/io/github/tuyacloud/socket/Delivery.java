package io.github.tuyacloud.socket;

import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.UnreadableMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way through the program, and every connection that waits for an answer to it: one for each time that it
 * came. Its mutable part belongs to {@link InFlight} and is guarded by the lock there.
 */
final class Delivery {

    private final String messageId;
    private final int redeliveryCount;
    private final @Nullable LiveMessage message;
    private final @Nullable UnreadableMessage unreadable;
    private final Connection connection;
    private final List<Connection> answerTo = new ArrayList<>(1);
    private boolean handling;

    private Delivery(
            String messageId,
            int redeliveryCount,
            @Nullable LiveMessage message,
            @Nullable UnreadableMessage unreadable,
            Connection connection) {
        this.messageId = messageId;
        this.redeliveryCount = redeliveryCount;
        this.message = message;
        this.unreadable = unreadable;
        this.connection = connection;
        answerTo.add(connection);
    }

    static Delivery of(LiveMessage message, Connection connection) {
        return new Delivery(
                message.header().messageId(), message.header().redeliveryCount(), message, null, connection);
    }

    static Delivery of(UnreadableMessage unreadable, Connection connection) {
        return new Delivery(unreadable.messageId(), unreadable.tries() - 1, null, unreadable, connection);
    }

    String messageId() {
        return messageId;
    }

    /** How often it was delivered before. */
    int redeliveryCount() {
        return redeliveryCount;
    }

    /** The message, null when it could not be read. */
    @Nullable
    LiveMessage message() {
        return message;
    }

    /** What is known of a message that could not be read, else null. */
    @Nullable
    UnreadableMessage unreadable() {
        return unreadable;
    }

    /** What it came on first. */
    Connection connection() {
        return connection;
    }

    List<Connection> answerTo() {
        return answerTo;
    }

    boolean handling() {
        return handling;
    }

    void markHandling() {
        handling = true;
    }
}
