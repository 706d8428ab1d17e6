package io.github.tuyacloud.recorded;

import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceFunctions;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.LogEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Returns the values of the library's objects, read by their accessors, as maps with the cloud's names. */
final class Views {

    private Views() {}

    static Object of(DeviceStatus status) {
        return points(status.dataPoints());
    }

    static Object of(DeviceFunctions functions) {
        Map<String, Object> view = new LinkedHashMap<>(functions.extra());
        view.put("category", functions.category());
        view.put("functions", specs(functions.functions()));
        return view;
    }

    static Object of(DeviceSpecification specification) {
        Map<String, Object> view = new LinkedHashMap<>(specification.extra());
        view.put("category", specification.category());
        view.put("functions", specs(specification.functions()));
        view.put("status", specs(specification.status()));
        return view;
    }

    static Object of(DeviceLog log) {
        Map<String, Object> view = new LinkedHashMap<>(log.extra());
        view.put("has_next", log.hasNext());
        view.put("next_row_key", log.nextRowKey());
        view.put("logs", log.logs().stream().map(Views::entry).toList());
        return view;
    }

    static Map<String, Object> of(Device device) {
        Map<String, Object> view = new LinkedHashMap<>(device.extra());
        view.put("id", device.id());
        view.put("name", device.name());
        view.put("local_key", device.key());
        view.put("mac", device.mac());
        view.put("uuid", device.uuid());
        view.put("sn", device.sn());
        view.put("category", device.category());
        view.put("category_name", device.categoryName());
        view.put("product_id", device.productId());
        view.put("product_name", device.productName());
        view.put("model", device.model());
        view.put("icon", device.icon());
        view.put("sub", device.sub());
        view.put("gateway_id", device.gatewayId());
        view.put("parent", device.gatewayId());
        view.put("node_id", device.nodeId());
        view.put("uid", device.uid());
        view.put("owner_id", device.ownerId());
        view.put("asset_id", device.assetId());
        view.put("biz_type", device.bizType());
        view.put("online", device.online());
        view.put("ip", device.publicIp());
        view.put("local_ip", device.ip());
        view.put("version", device.version());
        view.put("lat", device.lat());
        view.put("lon", device.lon());
        view.put("time_zone", device.timeZone());
        view.put("active_time", seconds(device.activeTime()));
        view.put("create_time", seconds(device.createTime()));
        view.put("update_time", seconds(device.updateTime()));
        view.put("status", points(device.status()));
        DpMapping mapping = device.mapping();
        view.put("mapping", mapping == null ? null : of(mapping));
        return view;
    }

    private static Object of(DpMapping mapping) {
        Map<String, Object> view = new LinkedHashMap<>();
        mapping.asMap().forEach((id, entry) -> {
            DataPointSpec spec = mapping.dps().get(id);
            Map<Object, Object> whole = new LinkedHashMap<>(spec.extra());
            whole.put("name", spec.name());
            whole.put("desc", spec.description());
            whole.putAll((Map<?, ?>) entry);
            view.put(id, whole);
        });
        return view;
    }

    private static List<Map<String, Object>> points(List<DataPoint> points) {
        return points.stream()
                .map(point -> {
                    Map<String, Object> view = new LinkedHashMap<>(point.extra());
                    view.put("code", point.code());
                    view.put("value", point.value());
                    return view;
                })
                .toList();
    }

    private static List<Map<String, Object>> specs(List<DataPointSpec> specs) {
        return specs.stream()
                .map(spec -> {
                    Map<String, Object> view = new LinkedHashMap<>(spec.extra());
                    view.put("code", spec.code());
                    view.put("dp_id", spec.dpId());
                    view.put("type", spec.type());
                    view.put("values", spec.values());
                    view.put("name", spec.name());
                    view.put("desc", spec.description());
                    return view;
                })
                .toList();
    }

    private static Map<String, Object> entry(LogEntry entry) {
        Map<String, Object> view = new LinkedHashMap<>(entry.extra());
        view.put("code", entry.code());
        view.put("value", entry.value());
        Instant time = entry.eventTime();
        view.put("event_time", time == null ? null : time.toEpochMilli());
        view.put("event_from", entry.eventFrom());
        view.put("event_id", entry.eventId());
        view.put("status", entry.status());
        view.put("row", entry.row());
        return view;
    }

    private static @Nullable Long seconds(@Nullable Instant time) {
        return time == null ? null : time.getEpochSecond();
    }
}
