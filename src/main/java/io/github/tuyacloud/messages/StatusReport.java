package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.LogSafe;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * New values of a device's data points, from the cloud's older message set (protocol 4).
 *
 * @param header the id, times and metadata of the message
 * @param deviceId the device
 * @param productKey its product, or null
 * @param dataId the cloud's id of the report, or null
 * @param dataPoints the values, in the cloud's order
 * @param payload the whole content
 */
public record StatusReport(
        MessageHeader header,
        String deviceId,
        @Nullable String productKey,
        @Nullable String dataId,
        List<DataPointChange> dataPoints,
        Map<String, @Nullable Object> payload)
        implements DataPointMessage {

    /** Copies the list and the payload. */
    public StatusReport {
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(deviceId, "deviceId");
        dataPoints = List.copyOf(dataPoints);
        payload = JsonObject.copyOf(payload);
    }

    /** Returns the ids of message and device, without the content. */
    @Override
    public String toString() {
        return LogSafe.line("StatusReport[messageId={}, deviceId={}]", header.messageId(), deviceId);
    }
}
