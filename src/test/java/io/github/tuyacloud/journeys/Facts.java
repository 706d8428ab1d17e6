package io.github.tuyacloud.journeys;

import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.LogEntry;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The facts that a journey recorded, by name and as text, so that two runs can be compared. */
final class Facts {
    private final SortedMap<String, String> facts = new TreeMap<>();

    void put(String name, @Nullable Object value) {
        facts.put(name, String.valueOf(value));
    }

    SortedMap<String, String> asMap() {
        return facts;
    }

    /** Records a device of a list, except its times, its status and its mapping. */
    void device(Device device) {
        String id = device.id();
        put(id + ".name", device.name());
        put(id + ".key", device.key());
        put(id + ".mac", device.mac());
        put(id + ".uuid", device.uuid());
        put(id + ".sn", device.sn());
        put(id + ".category", device.category());
        put(id + ".product", device.productId() + " " + device.productName());
        put(id + ".icon", device.icon());
        put(id + ".sub", device.sub() + " " + device.gatewayId() + " " + device.nodeId());
        put(id + ".owner", device.uid() + " " + device.ownerId());
        put(id + ".place", device.lat() + " " + device.lon() + " " + device.timeZone() + " " + device.publicIp());
        put(id + ".online", device.online());
    }

    void times(Device device) {
        put(device.id() + ".active", device.activeTime());
        put(device.id() + ".created", device.createTime());
        put(device.id() + ".updated", device.updateTime());
    }

    void values(String prefix, Collection<DataPoint> points) {
        points.forEach(point -> put(prefix + point.code(), point.value()));
    }

    void specs(String prefix, Collection<DataPointSpec> specs) {
        for (DataPointSpec spec : specs) {
            put(prefix + spec.code() + ".dp", spec.dpId());
            put(prefix + spec.code() + ".type", spec.dataType());
            put(prefix + spec.code() + ".allowed", allowed(spec));
        }
    }

    void mapping(String prefix, @Nullable DpMapping mapping) {
        if (mapping == null) {
            put(prefix + "mapping", null);
            return;
        }
        put(prefix + "mapping", mapping.dps().keySet());
        specs(prefix, mapping.dps().values());
    }

    void entry(String prefix, LogEntry entry) {
        put(prefix + ".value", entry.code() + "=" + entry.value() + " by " + entry.eventFrom());
        put(prefix + ".kind", entry.eventId() + " " + entry.eventType());
        put(prefix + ".time", entry.eventTime());
    }

    private static String allowed(DataPointSpec spec) {
        return spec.valueRange().map(Object::toString).orElse("") + spec.enumRange() + spec.bitmapLabels();
    }
}
