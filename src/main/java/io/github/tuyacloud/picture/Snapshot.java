package io.github.tuyacloud.picture;

import io.github.tuyacloud.model.Device;
import org.jspecify.annotations.Nullable;

/**
 * The immutable state of one device.
 *
 * @param device the device as listed, without values
 * @param online the online state, a Boolean
 * @param name the name, a string or null
 * @param points the values by code, in the cloud's order
 */
record Snapshot(Device device, Point online, Point name, Points points) {

    @Nullable
    String nameText() {
        return name.value() == null ? null : name.value().toString();
    }

    boolean isOnline() {
        return Boolean.TRUE.equals(online.value());
    }

    /** Returns whether a list contained the device with this code. */
    boolean isListed(String code) {
        Point point = points.get(code);
        return point != null && point.readAt() != null;
    }
}
