package io.github.tuyacloud.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.live.LiveDevice;
import io.github.tuyacloud.live.LiveValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formats changes of devices for the demo, one line each, as text or JSON. */
final class ChangeLines {

    private final boolean json;

    ChangeLines(boolean json) {
        this.json = json;
    }

    String of(LiveChange change) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (change instanceof LiveChange.ValueUpdate update) {
            members.put("code", update.code());
            members.put("value", update.after().value());
            return line(change, update.after().time(), members, text(update.after()));
        }
        String event = event(change);
        members.put("event", event);
        return line(change, change instanceof LiveChange.OnlineUpdate update ? update.time() : null, members, event);
    }

    /** Returns the raw value, followed by its meaning if that differs. */
    private static String text(LiveValue value) {
        String meaning = value.toString();
        String raw = new LiveValue(value.code(), value.value(), value.time(), value.origin(), null).toString();
        return raw.equals(meaning) ? raw : raw + " (" + value.text() + ")";
    }

    private static String event(LiveChange change) {
        if (change instanceof LiveChange.OnlineUpdate update) {
            return update.online() ? "online" : "offline";
        }
        if (change instanceof LiveChange.Renamed renamed) {
            return "renamed to " + renamed.after();
        }
        if (change instanceof LiveChange.Added) {
            return "added";
        }
        return change instanceof LiveChange.Removed ? "removed" : change.toString();
    }

    private String line(
            LiveChange change, @Nullable Instant time, Map<String, ? extends @Nullable Object> members, String text) {
        LiveDevice device = change.device();
        Instant moment = time == null ? Instant.now() : time;
        if (!json) {
            String label = device == null ? "-" : device.label();
            return Terminal.line(Tables.time(moment) + "  " + label + "  " + text);
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("time", moment.toString());
        object.put("device", device == null ? null : device.id());
        object.put("name", device == null ? null : device.name());
        object.putAll(members);
        try {
            return new ObjectMapper().writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a change holds plain values only", e);
        }
    }
}
