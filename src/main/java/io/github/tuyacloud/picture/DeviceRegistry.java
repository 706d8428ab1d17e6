package io.github.tuyacloud.picture;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The devices of a picture, in the cloud's order. Readers always see a complete list. */
final class DeviceRegistry {

    private volatile Map<String, DevicePicture> byId = Map.of();

    /** Removed devices that the program still references; the same object is used if the device returns. */
    private final Map<String, WeakReference<DevicePicture>> removed = new HashMap<>();

    @Nullable
    DevicePicture find(@Nullable String id) {
        return id == null ? null : byId.get(id);
    }

    Collection<DevicePicture> all() {
        return byId.values();
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    synchronized boolean remove(DevicePicture device) {
        Map<String, DevicePicture> rest = new LinkedHashMap<>(byId);
        boolean wasListed = rest.remove(device.id(), device);
        byId = Collections.unmodifiableMap(rest);
        if (wasListed) {
            removed.put(device.id(), new WeakReference<>(device));
        }
        return wasListed;
    }

    /** Returns a removed device if the program still references it, otherwise null. */
    synchronized @Nullable DevicePicture removed(String id) {
        WeakReference<DevicePicture> device = removed.get(id);
        return device == null ? null : device.get();
    }

    /** Replaces all devices. Returns the devices that were removed. */
    synchronized List<DevicePicture> replace(Map<String, DevicePicture> listed) {
        List<DevicePicture> gone = new ArrayList<>(byId.values());
        gone.removeIf(device -> listed.containsKey(device.id()));
        byId = Collections.unmodifiableMap(new LinkedHashMap<>(listed));
        gone.forEach(device -> removed.put(device.id(), new WeakReference<>(device)));
        removed.keySet().removeAll(listed.keySet());
        removed.values().removeIf(device -> device.get() == null);
        return gone;
    }
}
