package io.github.tuyacloud.picture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The devices of a picture in the cloud's order; readers always see a complete list. */
final class Roster {

    private volatile Map<String, DevicePicture> byId = Map.of();

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
        boolean removed = rest.remove(device.id(), device);
        byId = Collections.unmodifiableMap(rest);
        return removed;
    }

    /** Replaces all devices; returns the removed ones. */
    synchronized List<DevicePicture> replace(Map<String, DevicePicture> listed) {
        List<DevicePicture> gone = new ArrayList<>(byId.values());
        gone.removeIf(device -> listed.containsKey(device.id()));
        byId = Collections.unmodifiableMap(new LinkedHashMap<>(listed));
        return gone;
    }
}
