package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.LogSafe;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The id, times and metadata of a live message.
 *
 * @param messageId the message service's id of the message; redeliveries have the same id, so a handler can recognize
 *     messages that it has already seen
 * @param protocol the cloud's number for the kind of message, such as 4 for status reports; -1 if it has none
 * @param time when the cloud created the message, or null
 * @param publishTime when the message service received it, or null
 * @param redeliveryCount the known number of earlier deliveries and attempts; 0 the first time
 * @param key the key by which a key-shared subscription distributes messages, or null
 * @param properties the message service's metadata, such as {@code em} (the cipher) and {@code tid}
 * @param extra other members of the envelope, such as {@code pv}
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

    @Override
    public String toString() {
        return LogSafe.line(
                "MessageHeader[messageId={}, protocol={}, time={}, publishTime={}, redeliveryCount={}, "
                        + "key={}, properties={}, extra={}]",
                messageId,
                protocol,
                time,
                publishTime,
                redeliveryCount,
                key,
                properties,
                extra);
    }
}
