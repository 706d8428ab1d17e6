package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.LogSafe;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * New values of a device's data points, from the cloud's newer message set (protocol 1000).
 *
 * @param header the id, times and metadata of the message
 * @param bizCode the cloud's name for the message: {@code devicePropertyMessage} for values that the device reported on
 *     its own, {@code deviceQueryPropertyMessage} for its response to a query
 * @param deviceId the device
 * @param productKey its product ({@code productId} in this message set), or null
 * @param dataId the cloud's id of the report, or null
 * @param dataPoints the values, in the cloud's order
 * @param payload the whole content
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

    /** Copies the list and the payload. */
    public PropertyMessage {
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(bizCode, "bizCode");
        Objects.requireNonNull(deviceId, "deviceId");
        dataPoints = List.copyOf(dataPoints);
        payload = JsonObject.copyOf(payload);
    }

    /** Returns the ids of message and device, without the content. */
    @Override
    public String toString() {
        return LogSafe.line("PropertyMessage[messageId={}, deviceId={}]", header.messageId(), deviceId);
    }
}
