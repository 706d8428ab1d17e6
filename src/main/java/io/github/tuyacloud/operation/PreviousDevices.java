package io.github.tuyacloud.operation;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.model.Device;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An earlier device list. Determines which devices have changed since, and completes the others with details that are
 * expensive to fetch.
 *
 * <p>Members of the cloud's list take precedence.
 */
final class PreviousDevices {

    /** A device has changed if one of these members has another value now. */
    private static final List<String> COMPARED = List.of(
            "category", "product_name", "product_id", "biz_type", "model", "sub", "version", "uuid", "node_id", "sn");

    /** Members that come only from further calls or a {@code devices.json}. */
    private static final List<String> COPIED =
            List.of("local_key", "mac", "uuid", "sn", "local_ip", "version", "last_ip", "parent");

    private final Map<String, Previous> byId = new LinkedHashMap<>();

    private record Previous(Device device, Map<String, @Nullable Object> fields) {}

    PreviousDevices(List<Device> oldList) {
        oldList.forEach(device -> byId.put(device.id(), new Previous(device, device.asMap())));
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Returns whether a device is new or has changed; if so, its details must be fetched again. */
    boolean hasChanged(Map<String, ? extends @Nullable Object> device, boolean includeMap) {
        Previous previous = byId.get(DeviceIndex.idOf(device));
        if (previous == null) {
            return true;
        }
        Map<String, @Nullable Object> old = previous.fields();
        if (hasChanged("local_key", device, old)
                || isSet(device.get("icon")) && !isSet(old.get("icon"))
                || includeMap && old.get("mapping") == null) {
            return true;
        }
        return COMPARED.stream().anyMatch(name -> hasChanged(name, device, old));
    }

    /** Returns the device with missing members copied from the earlier list. */
    JsonObject complete(JsonObject device) {
        Previous previous = byId.get(DeviceIndex.idOf(device));
        if (previous == null) {
            return device;
        }
        Map<String, @Nullable Object> copied = new LinkedHashMap<>();
        COPIED.forEach(name -> copied.put(name, previous.fields().get(name)));
        Object product = device.get("product_id");
        if (product == null || product.equals(previous.fields().get("product_id"))) {
            copied.put("mapping", previous.device().mapping());
        }
        return DeviceIndex.fillIn(device, copied);
    }

    /**
     * Returns whether a member has another value now. An empty string counts as absent if the earlier value is absent
     * as well, or if the earlier list fills the gap.
     */
    private static boolean hasChanged(
            String name, Map<String, ? extends @Nullable Object> device, Map<String, ? extends @Nullable Object> old) {
        Object now = device.get(name);
        Object before = old.get(name);
        return now != null && isSet(now) ? !now.equals(before) : now != null && isSet(before) && !COPIED.contains(name);
    }

    private static boolean isSet(@Nullable Object value) {
        return value != null && !"".equals(value);
    }
}
