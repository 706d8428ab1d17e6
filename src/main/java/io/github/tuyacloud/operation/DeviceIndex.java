package io.github.tuyacloud.operation;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.CloudResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The devices found so far, in the cloud's order and each once: a second look at a device fills in what the first left
 * empty.
 */
final class DeviceIndex {

    private final Map<String, Map<String, @Nullable Object>> byId = new LinkedHashMap<>();
    private Map<String, @Nullable Object> lastAnswer = Map.of();
    private @Nullable String lastTid;

    /** Merges devices in; tells about each new one. */
    void merge(List<Map<String, @Nullable Object>> devices, Consumer<Map<String, @Nullable Object>> onNew) {
        for (Map<String, @Nullable Object> device : devices) {
            Map<String, @Nullable Object> known = byId.get(idOf(device));
            if (known == null) {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>(device);
                byId.put(idOf(device), copy);
                onNew.accept(copy);
            } else {
                fillIn(known, device);
            }
        }
    }

    /** Copies members that are absent or empty in {@code target}. */
    static void fillIn(Map<String, @Nullable Object> target, Map<String, ? extends @Nullable Object> source) {
        source.forEach((name, value) -> {
            if (isEmpty(target.get(name)) && value != null) {
                target.put(name, value);
            }
        });
    }

    /** Whether a value says nothing, as Python sees it: null, false, zero, an empty text, list or object. */
    static boolean isEmpty(@Nullable Object value) {
        return value == null
                || value.equals(false)
                || value.equals(0L)
                || "".equals(value)
                || value instanceof Collection<?> collection && collection.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }

    /** Keeps the rest of an answer, whose keys stand beside the merged list in the verbose form. */
    void lastAnswer(Map<String, @Nullable Object> fields, @Nullable String tid) {
        lastAnswer = fields;
        lastTid = tid;
    }

    /** The devices in order; changing one changes the listing. */
    Collection<Map<String, @Nullable Object>> devices() {
        return byId.values();
    }

    /** The whole as one answer: the last one's keys, with the flat list as its result. */
    CloudResponse asAnswer() {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>(lastAnswer);
        answer.put("result", byId.values().stream().map(JsonObject::copyOf).toList());
        return new CloudResponse(answer, lastTid);
    }

    static String idOf(Map<String, ? extends @Nullable Object> device) {
        String id = JsonValues.text(device.get("id"));
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("a device has no id");
        }
        return id;
    }

    /** Returns a list as one of devices, all of which must have an id. */
    static List<Map<String, @Nullable Object>> devicesIn(List<?> list) {
        List<Map<String, @Nullable Object>> devices = Results.objects(list);
        devices.forEach(DeviceIndex::idOf);
        return devices;
    }
}
