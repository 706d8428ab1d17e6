package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that this library has no type for, such as one about scenes, homes or users, kept whole.
 *
 * @param header what came with it; its {@code protocol} tells the kind
 * @param deviceId the device it is about, or null
 * @param payload everything that it says
 */
public record UnknownMessage(MessageHeader header, @Nullable String deviceId, Map<String, @Nullable Object> payload)
        implements LiveMessage {

    /** Copies the payload. */
    public UnknownMessage {
        Objects.requireNonNull(header, "header");
        payload = JsonObject.copyOf(payload);
    }

    /** Which message, device and protocol; nothing that it says. */
    @Override
    public String toString() {
        return "UnknownMessage[messageId=" + header.messageId() + ", protocol=" + header.protocol() + ", deviceId="
                + deviceId + "]";
    }
}
