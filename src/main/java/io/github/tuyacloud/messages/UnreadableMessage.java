package io.github.tuyacloud.messages;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be decrypted or parsed, for a {@link MessageErrorListener} to judge.
 *
 * @param messageId the message service's id of it
 * @param deliveries how often it has been delivered, this time included: 1 the first time
 * @param reason what is wrong with it, without any part of it
 * @param properties the message service's own notes, such as {@code em} (how it was encrypted) and {@code tid}
 * @param payload the message as it came over the wire, in Base64; null when there was none
 */
public record UnreadableMessage(
        String messageId,
        int deliveries,
        String reason,
        Map<String, String> properties,
        @Nullable String payload) {

    /** Copies the properties. */
    public UnreadableMessage {
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(reason, "reason");
        properties = Map.copyOf(properties);
    }

    /** Which message and what is wrong with it; not the message itself. */
    @Override
    public String toString() {
        return "UnreadableMessage[messageId=" + messageId + ", deliveries=" + deliveries + ", reason=" + reason + "]";
    }
}
