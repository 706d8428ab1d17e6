package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A report of values of one device, in the older message set.
 *
 * @param number the number in its data id; the same in each of its messages
 * @param device the device that reports
 * @param values the values by code
 * @param time the time of the report by the device's clock, in milliseconds
 */
record DeviceReport(long number, FakeDevice device, Map<String, JsonNode> values, long time) {
    FakeMessage toMessage() {
        ObjectNode content = Json.object()
                .put("dataId", "report-" + number)
                .put("devId", device.id())
                .put("productKey", device.product().id());
        ArrayNode status = content.putArray("status");
        values.forEach((code, value) -> {
            ObjectNode item = status.addObject().put("code", code).put("t", time);
            item.set("value", value);
            device.product()
                    .dataPoint(code)
                    .filter(point -> point.dpId() > 0)
                    .ifPresent(point -> item.put(String.valueOf(point.dpId()), value.asText()));
        });
        return FakeMessage.of(4, content).withKey(device.id());
    }
}
