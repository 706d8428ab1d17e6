package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to a device: it came online, was renamed, was removed and so on, in the words of either message set.
 *
 * @param header what came with it
 * @param type what happened; {@link DeviceEventType#OTHER} when {@code bizCode} is none that is known
 * @param bizCode the cloud's own word for it, such as {@code online} or {@code deviceOnline}
 * @param deviceId the device
 * @param productKey its product, or null
 * @param time when it happened, or null
 * @param bizData what the cloud says about it, such as the new name; maybe empty
 * @param payload everything that the message says
 */
public record DeviceEvent(
        MessageHeader header,
        DeviceEventType type,
        String bizCode,
        String deviceId,
        @Nullable String productKey,
        @Nullable Instant time,
        Map<String, @Nullable Object> bizData,
        Map<String, @Nullable Object> payload)
        implements LiveMessage {

    /** Copies data and payload. */
    public DeviceEvent {
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(bizCode, "bizCode");
        Objects.requireNonNull(deviceId, "deviceId");
        bizData = JsonObject.copyOf(bizData);
        payload = JsonObject.copyOf(payload);
    }

    /** Which message, device and kind of event; nothing else that it says. */
    @Override
    public String toString() {
        return "DeviceEvent[messageId=" + header.messageId() + ", bizCode=" + bizCode + ", deviceId=" + deviceId + "]";
    }
}
