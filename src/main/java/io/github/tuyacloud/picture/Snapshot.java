package io.github.tuyacloud.picture;

import io.github.tuyacloud.model.Device;
import org.jspecify.annotations.Nullable;

/**
 * The immutable state of one device at one moment.
 *
 * @param device the device as listed, without values
 * @param online whether it is online, a Boolean
 * @param name its name, a text or null
 * @param points its values by code, in the cloud's order
 */
record Snapshot(Device device, Point online, Point name, Points points) {

    @Nullable
    String nameText() {
        return name.value() == null ? null : name.value().toString();
    }

    boolean isOnline() {
        return Boolean.TRUE.equals(online.value());
    }

    /** Returns whether the cloud has listed the device with this code. */
    boolean isListed(String code) {
        Point point = points.get(code);
        return point != null && point.readAt() != null;
    }
}
