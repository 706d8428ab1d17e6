package io.github.tuyacloud.operation;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.model.CloudResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects devices without duplicates, in the cloud's order; a second record of a device fills gaps in the first. */
final class DeviceIndex {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private final Map<String, JsonObject> byId = new LinkedHashMap<>();
    private Map<String, @Nullable Object> lastResponse = Map.of();
    private @Nullable String lastTid;

    /** Adds devices and passes each new one to a consumer. */
    void merge(List<Map<String, @Nullable Object>> devices, Consumer<Map<String, @Nullable Object>> onNew) {
        for (Map<String, @Nullable Object> device : devices) {
            String id = idOf(device);
            JsonObject known = byId.get(id);
            if (known == null) {
                JsonObject added = JsonObject.copyOf(device);
                byId.put(id, added);
                onNew.accept(added);
            } else {
                byId.put(id, fillIn(known, device));
            }
        }
    }

    /** Returns {@code target}, with members that are absent or empty in it copied from {@code source}. */
    static JsonObject fillIn(JsonObject target, Map<String, ? extends @Nullable Object> source) {
        JsonObject.Editor filled = target.edit();
        source.forEach((name, value) -> {
            if (value != null && isEmpty(filled.get(name))) {
                filled.set(name, value);
            }
        });
        return filled.toObject();
    }

    /** Returns whether a value is falsy in Python: null, false, zero, or an empty string, list or object. */
    static boolean isEmpty(@Nullable Object value) {
        return value == null
                || value.equals(false)
                || value.equals(0L)
                || "".equals(value)
                || value instanceof Collection<?> collection && collection.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }

    /** Sets the response whose keys the verbose form returns with the merged list. */
    void lastResponse(Map<String, @Nullable Object> fields, @Nullable String tid) {
        lastResponse = fields;
        lastTid = tid;
    }

    /** Returns the devices in order. */
    Collection<JsonObject> devices() {
        return byId.values();
    }

    /** Returns the keys of the last response, with all devices as its result. */
    CloudResponse asResponse() {
        Map<String, @Nullable Object> response = new LinkedHashMap<>(lastResponse);
        response.put("result", List.copyOf(byId.values()));
        return new CloudResponse(response, lastTid);
    }

    static String idOf(Map<String, ? extends @Nullable Object> device) {
        if (!hasId(device)) {
            throw new IllegalArgumentException("a device has no id");
        }
        return String.valueOf(JsonValues.text(device.get("id")));
    }

    private static boolean hasId(Map<String, ? extends @Nullable Object> device) {
        String id = JsonValues.text(device.get("id"));
        return id != null && !id.isBlank();
    }

    /**
     * Returns the devices in a list. Devices without an id are skipped with a warning.
     *
     * @throws IllegalArgumentException if it is not a list of objects, or no device has an id
     */
    static List<Map<String, @Nullable Object>> devicesIn(List<?> list) {
        List<Map<String, @Nullable Object>> all = JsonValues.objects(list);
        List<Map<String, @Nullable Object>> devices =
                all.stream().filter(DeviceIndex::hasId).toList();
        if (devices.size() == all.size()) {
            return all;
        }
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("a device has no id");
        }
        LogSafe.warn(
                LOG,
                "Skipped {} devices without an id in the cloud's list; remaining: {}",
                all.size() - devices.size(),
                devices.size());
        return devices;
    }
}
