package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * New values of a device's data points, from the cloud's newer message set (protocol 1000).
 *
 * @param header what came with it
 * @param bizCode the cloud's word for it: {@code devicePropertyMessage} for what a device reports by itself,
 *     {@code deviceQueryPropertyMessage} for what it says when asked
 * @param deviceId the device
 * @param productKey its product (there called {@code productId}), or null
 * @param dataId the cloud's id of the report, or null
 * @param dataPoints the values, in the cloud's order
 * @param payload everything that it says
 */
public record PropertyMessage(
        MessageHeader header,
        String bizCode,
        String deviceId,
        @Nullable String productKey,
        @Nullable String dataId,
        List<DataPointChange> dataPoints,
        Map<String, @Nullable Object> payload)
        implements DataPointMessage {

    /** Copies list and payload. */
    public PropertyMessage {
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(bizCode, "bizCode");
        Objects.requireNonNull(deviceId, "deviceId");
        dataPoints = List.copyOf(dataPoints);
        payload = JsonObject.copyOf(payload);
    }

    /** Which message and device; nothing that it says. */
    @Override
    public String toString() {
        return "PropertyMessage[messageId=" + header.messageId() + ", deviceId=" + deviceId + "]";
    }
}
