package io.github.tuyacloud.picture;

import io.github.tuyacloud.model.Device;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one device at one moment; never changes.
 *
 * @param device what the list says, without values
 * @param online whether it is online, a Boolean
 * @param name its name, a text or null
 * @param points its values by code, in the cloud's order
 */
record Snapshot(Device device, Point online, Point name, Map<String, Point> points) {

    @Nullable
    String nameText() {
        return name.value() == null ? null : name.value().toString();
    }

    boolean isOnline() {
        return Boolean.TRUE.equals(online.value());
    }

    /** Whether the cloud has listed the device with this code. */
    boolean isListed(String code) {
        Point point = points.get(code);
        return point != null && point.readAt() != null;
    }
}
