package io.github.tuyacloud.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.messages.DataPointChange;
import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.DeviceEventType;
import io.github.tuyacloud.messages.LiveMessage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the demo shows live messages: a line for each change, for people or as JSON. */
final class ChangeLines {

    private final Map<String, String> nameById;
    private final boolean json;

    ChangeLines(Map<String, String> nameById, boolean json) {
        this.nameById = Map.copyOf(nameById);
        this.json = json;
    }

    List<String> of(LiveMessage message) {
        if (message instanceof DataPointMessage report) {
            return report.dataPoints().stream()
                    .map(point -> change(message, point))
                    .toList();
        }
        return List.of(
                message instanceof DeviceEvent event
                        ? event(event)
                        : line(
                                message,
                                null,
                                Map.of("protocol", message.header().protocol(), "message", message.payload()),
                                "a message of protocol " + message.header().protocol()));
    }

    private String change(LiveMessage message, DataPointChange point) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("code", point.code());
        members.put("value", point.value());
        String code = point.code() == null ? "data point " + point.dpId() : point.code();
        return line(message, point.time(), members, code + " = " + point.value());
    }

    private String event(DeviceEvent event) {
        String name = event.type() == DeviceEventType.OTHER
                ? event.bizCode()
                : event.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("event", name);
        members.put("data", event.bizData());
        return line(event, event.time(), members, name + (event.bizData().isEmpty() ? "" : " " + event.bizData()));
    }

    private String line(
            LiveMessage message, @Nullable Instant time, Map<String, ? extends @Nullable Object> members, String text) {
        Instant moment = time == null ? message.header().time() : time;
        String id = message.deviceId();
        String name = id == null ? null : nameById.get(id);
        if (!json) {
            String device = name != null ? name : id != null ? id : "-";
            String shown = moment == null ? "-" : Tables.time(moment);
            return (shown + "  " + device + "  " + text).replaceAll("\\p{Cntrl}", " ");
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("time", moment == null ? null : moment.toString());
        object.put("device", id);
        object.put("name", name);
        object.putAll(members);
        try {
            return new ObjectMapper().writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message holds plain values only", e);
        }
    }
}
