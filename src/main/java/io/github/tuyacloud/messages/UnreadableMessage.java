package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.LogSafe;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be decrypted or parsed.
 *
 * @param messageId the message service's id of the message
 * @param attempts the number of attempts to read the message, including this one
 * @param reason what is wrong with the message, without quoting it
 * @param properties the message service's metadata, such as {@code em} (the cipher) and {@code tid}
 * @param payload the message as it was received, in Base64; null if there was none
 */
public record UnreadableMessage(
        String messageId,
        int attempts,
        String reason,
        Map<String, String> properties,
        @Nullable String payload) {

    /** Copies the properties. */
    public UnreadableMessage {
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(reason, "reason");
        properties = Map.copyOf(properties);
    }

    /** Returns the id of the message and what is wrong with it, without its content. */
    @Override
    public String toString() {
        return LogSafe.line("UnreadableMessage[messageId={}, attempts={}, reason={}]", messageId, attempts, reason);
    }
}
