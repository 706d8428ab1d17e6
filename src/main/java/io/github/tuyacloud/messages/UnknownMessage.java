package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.LogSafe;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message for which this library has no type, such as one about scenes, homes or users.
 *
 * @param header the id, times and metadata of the message; its {@code protocol} identifies the kind of message
 * @param deviceId the device concerned, or null
 * @param payload the whole content
 */
public record UnknownMessage(MessageHeader header, @Nullable String deviceId, Map<String, @Nullable Object> payload)
        implements LiveMessage {

    /** Copies the payload. */
    public UnknownMessage {
        Objects.requireNonNull(header, "header");
        payload = JsonObject.copyOf(payload);
    }

    /** Returns the ids of message and device and the protocol, without the content. */
    @Override
    public String toString() {
        return LogSafe.line(
                "UnknownMessage[messageId={}, protocol={}, deviceId={}]",
                header.messageId(),
                header.protocol(),
                deviceId);
    }
}
