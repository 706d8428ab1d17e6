package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.messages.DataPointChange;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.DeviceEventType;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageHeader;
import io.github.tuyacloud.messages.PropertyMessage;
import io.github.tuyacloud.messages.StatusReport;
import io.github.tuyacloud.messages.UnknownMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Creates typed messages from decrypted content; content of an unknown type becomes an {@link UnknownMessage}. */
final class MessageTypes {

    private static final int STATUS_REPORT = 4;
    private static final String STATUS_REPORT_CODE = "statusReport";
    private static final int NO_PROTOCOL = -1;
    private static final int MAX_DIGITS = 9;
    private static final Set<Integer> DEVICE_EVENTS = Set.of(20, 1000, 1001, 1002);
    private static final Set<String> PROPERTY_MESSAGES = Set.of("devicePropertyMessage", "deviceQueryPropertyMessage");

    private MessageTypes() {}

    static LiveMessage typed(MessageHeader header, Map<String, @Nullable Object> payload) {
        Map<String, @Nullable Object> bizData = JsonValues.object(payload.get("bizData"));
        JsonReader data = new JsonReader(bizData == null ? Map.of() : bizData);
        JsonReader top = new JsonReader(payload);
        String deviceId = firstOf(top.text("devId"), data.text("devId"));
        String bizCode = top.text("bizCode");
        LiveMessage message = null;
        if (deviceId != null && isStatusReport(header, bizCode)) {
            message = statusReport(header, payload, deviceId);
        }
        if (message != null || deviceId == null || bizCode == null) {
            return message != null ? message : new UnknownMessage(header, deviceId, payload);
        }
        if (PROPERTY_MESSAGES.contains(bizCode)) {
            message = propertyMessage(header, payload, deviceId, bizCode, data);
        } else if (isEvent(header, bizCode)) {
            message = new DeviceEvent(
                    header,
                    DeviceEventType.of(bizCode),
                    bizCode,
                    deviceId,
                    productKey(top, data),
                    eventTime(top, data),
                    bizData == null ? Map.of() : bizData,
                    payload);
        }
        return message != null ? message : new UnknownMessage(header, deviceId, payload);
    }

    /** Returns whether this is a status report; an envelope without a protocol is recognized by its content. */
    private static boolean isStatusReport(MessageHeader header, @Nullable String bizCode) {
        return header.protocol() == STATUS_REPORT
                || STATUS_REPORT_CODE.equals(bizCode)
                || header.protocol() == NO_PROTOCOL && bizCode == null;
    }

    private static boolean isEvent(MessageHeader header, String bizCode) {
        return DEVICE_EVENTS.contains(header.protocol()) || DeviceEventType.of(bizCode) != DeviceEventType.OTHER;
    }

    private static @Nullable LiveMessage statusReport(
            MessageHeader header, Map<String, @Nullable Object> payload, String deviceId) {
        List<DataPointChange> changes = changes(payload.get("status"), MessageTypes::reported);
        JsonReader top = new JsonReader(payload);
        return changes == null
                ? null
                : new StatusReport(header, deviceId, top.text("productKey"), top.text("dataId"), changes, payload);
    }

    private static @Nullable LiveMessage propertyMessage(
            MessageHeader header,
            Map<String, @Nullable Object> payload,
            String deviceId,
            String bizCode,
            JsonReader data) {
        List<DataPointChange> changes = changes(data.any("properties"), MessageTypes::property);
        JsonReader top = new JsonReader(payload);
        return changes == null
                ? null
                : new PropertyMessage(
                        header,
                        bizCode,
                        deviceId,
                        productKey(top, data),
                        firstOf(data.text("dataId"), top.text("dataId")),
                        changes,
                        payload);
    }

    /**
     * Returns the changes in a list, or null if it is not a list of objects. Items that are not objects are skipped;
     * the payload still has them.
     */
    private static @Nullable List<DataPointChange> changes(
            @Nullable Object list, Function<JsonReader, DataPointChange> reader) {
        if (!(list instanceof List<?> items)) {
            return null;
        }
        List<DataPointChange> changes = new ArrayList<>(items.size());
        for (Object item : items) {
            Map<String, @Nullable Object> object = JsonValues.object(item);
            if (object != null) {
                changes.add(reader.apply(new JsonReader(object)));
            }
        }
        return changes.isEmpty() && !items.isEmpty() ? null : changes;
    }

    private static DataPointChange property(JsonReader fields) {
        return new DataPointChange(
                code(fields),
                dpId(fields),
                fields.any("value"),
                JsonValues.instant(fields.number("time")),
                fields.extra());
    }

    /**
     * Reads an item of a status report: the DP id is the name of a member that repeats the value as a string. Custom
     * data points without a code may have it as {@code dpId} instead.
     */
    private static DataPointChange reported(JsonReader fields) {
        String code = code(fields);
        Integer dpId = dpId(fields);
        Object value = fields.any("value");
        Long time = fields.number("t");
        String dpName = dpName(fields.extra().keySet());
        Object asText = dpName == null ? null : fields.any(dpName);
        return new DataPointChange(
                code,
                dpName == null ? dpId : Integer.valueOf(dpName),
                value == null ? asText : value,
                JsonValues.instant(time),
                fields.extra());
    }

    /** Returns the code of a data point; custom data points may have an empty one. */
    private static @Nullable String code(JsonReader fields) {
        return firstOf(fields.text("code"), null);
    }

    /** Returns the DP id, which the REST API spells differently. */
    private static @Nullable Integer dpId(JsonReader fields) {
        Integer id = fields.integer("dpId");
        return id != null ? id : fields.integer("dp_id");
    }

    /**
     * Returns the time at the top level. The older online and offline events have it in their data instead, and so may
     * events of the thing model.
     */
    private static @Nullable Instant eventTime(JsonReader top, JsonReader data) {
        Instant time = JsonValues.instant(top.number("ts"));
        if (time == null) {
            time = JsonValues.instant(data.number("time"));
        }
        return time != null ? time : JsonValues.instant(data.number("eventTime"));
    }

    private static @Nullable String dpName(Set<String> names) {
        for (String name : names) {
            if (isDpId(name)) {
                return name;
            }
        }
        return null;
    }

    private static boolean isDpId(String name) {
        if (name.isEmpty() || name.length() > MAX_DIGITS) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String productKey(JsonReader top, JsonReader data) {
        return firstOf(firstOf(top.text("productKey"), data.text("productKey")), data.text("productId"));
    }

    /** Returns the first string that is not blank, or null. */
    private static @Nullable String firstOf(@Nullable String one, @Nullable String other) {
        String second = other == null || other.isBlank() ? null : other;
        return one == null || one.isBlank() ? second : one;
    }
}
