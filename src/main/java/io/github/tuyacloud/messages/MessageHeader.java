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
 *     messages that it has seen
 * @param protocol the cloud's number for the kind of message, such as 4 for status reports; -1 if it has none
 * @param time when the cloud created it, or null
 * @param publishTime when it entered the message service, or null
 * @param redeliveryCount how often it was delivered or tried before, as far as known; 0 the first time
 * @param key what messages are shared by under a key-shared subscription, or null
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
