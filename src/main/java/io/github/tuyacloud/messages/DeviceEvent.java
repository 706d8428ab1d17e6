package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.LogSafe;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of a device, from either message set: it came online, was renamed, was removed and so on.
 *
 * @param header the id, times and metadata of the message
 * @param type what happened; {@link DeviceEventType#OTHER} if {@code bizCode} is unknown
 * @param bizCode the cloud's name for the event, such as {@code online} or {@code deviceOnline}
 * @param deviceId the device
 * @param productKey its product, or null
 * @param time when it happened, or null
 * @param bizData the details of the event, such as the new name; may be empty
 * @param payload the whole content
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

    /** Returns the ids of message and device and the kind of event, without the content. */
    @Override
    public String toString() {
        return LogSafe.line(
                "DeviceEvent[messageId={}, bizCode={}, deviceId={}]", header.messageId(), bizCode, deviceId);
    }
}
