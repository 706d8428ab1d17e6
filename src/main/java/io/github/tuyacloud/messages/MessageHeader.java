package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What comes with a live message, whatever it says.
 *
 * @param messageId the message service's id of the message: the same for each delivery of it, so that a handler can tell
 *     which messages it has seen
 * @param protocol the cloud's number for the kind of message, such as 4 for status reports; -1 when there is none
 * @param time when the cloud made it, or null
 * @param publishTime when it came into the message service, or null
 * @param redeliveryCount how often it was delivered before, as far as anybody knows: 0 the first time
 * @param key what messages are shared out by under a key-shared subscription, or null
 * @param properties the message service's own notes, such as {@code em} (how it was encrypted) and {@code tid}
 * @param extra what else stands on the message's envelope, such as {@code pv}
 */
public record MessageHeader(
        String messageId,
        int protocol,
        @Nullable Instant time,
        @Nullable Instant publishTime,
        int redeliveryCount,
        @Nullable String key,
        Map<String, String> properties,
        Map<String, @Nullable Object> extra) {

    /** Copies properties and extra members. */
    public MessageHeader {
        Objects.requireNonNull(messageId, "messageId");
        properties = Map.copyOf(properties);
        extra = JsonObject.copyOf(extra);
    }
}
