package io.github.tuyacloud.operation;

import io.github.tuyacloud.model.Device;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An earlier device list: says which devices have changed since, and lends the others what is expensive to fetch again.
 *
 * <p>What the cloud's list itself says always wins over it.
 */
final class PreviousDevices {

    /** What makes a device count as changed when the cloud now says something else. */
    private static final List<String> COMPARED = List.of(
            "category", "product_name", "product_id", "biz_type", "model", "sub", "version", "uuid", "node_id", "sn");

    /** What only calls beyond the list, or a {@code devices.json}, know. */
    private static final List<String> LENT =
            List.of("local_key", "mac", "uuid", "sn", "local_ip", "version", "last_ip", "parent");

    private final Map<String, Map<String, @Nullable Object>> byId = new LinkedHashMap<>();

    PreviousDevices(List<Device> oldList) {
        oldList.forEach(device -> byId.put(device.id(), device.fields()));
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Whether extras of a device have to be fetched: it is new, or something about it is. */
    boolean hasChanged(Map<String, ? extends @Nullable Object> device, boolean includeMap) {
        Map<String, @Nullable Object> old = byId.get(DeviceIndex.idOf(device));
        if (old == null
                || device.get("local_key") != null && !device.get("local_key").equals(old.get("local_key"))
                || device.get("icon") != null && old.get("icon") == null
                || includeMap && old.get("mapping") == null) {
            return true;
        }
        return COMPARED.stream()
                .anyMatch(name -> device.get(name) != null && !device.get(name).equals(old.get(name)));
    }

    /** Fills in what the earlier list knew and this one does not say. */
    void lendTo(Map<String, @Nullable Object> device) {
        Map<String, @Nullable Object> old = byId.get(DeviceIndex.idOf(device));
        if (old == null) {
            return;
        }
        Map<String, @Nullable Object> lent = new LinkedHashMap<>();
        LENT.forEach(name -> lent.put(name, old.get(name)));
        Object product = device.get("product_id");
        if (product == null || product.equals(old.get("product_id"))) {
            lent.put("mapping", old.get("mapping"));
        }
        DeviceIndex.fillIn(device, lent);
    }
}
