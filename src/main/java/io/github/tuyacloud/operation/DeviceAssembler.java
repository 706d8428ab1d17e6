package io.github.tuyacloud.operation;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a device together from what the list says, what the factory says, its DP map and its address. */
final class DeviceAssembler {

    private final Region region;
    private final Map<String, String> ipByMac = new LinkedHashMap<>();

    DeviceAssembler(Region region, Map<String, String> ipByMac) {
        this.region = region;
        ipByMac.forEach((mac, ip) -> this.ipByMac.put(bare(mac), ip));
    }

    /** Makes the device; {@code fields} is what the list says, and is not changed. */
    Device assemble(
            Map<String, ? extends @Nullable Object> fields,
            Map<String, @Nullable Object> factoryInfo,
            @Nullable DpMapping mapping) {
        Map<String, @Nullable Object> device = new LinkedHashMap<>(fields);
        String name = JsonValues.text(device.get("name"));
        if (name != null) {
            device.put("name", strip(name));
        }
        String mac = JsonValues.text(factoryInfo.get("mac"));
        if (mac != null && !mac.isEmpty()) {
            device.put("mac", mac);
        }
        for (String hardware : List.of("uuid", "sn")) {
            if (DeviceIndex.isEmpty(device.get(hardware)) && factoryInfo.get(hardware) != null) {
                device.put(hardware, factoryInfo.get(hardware));
            }
        }
        makeIconAbsolute(device);
        if (mapping != null) {
            device.put("mapping", mapping.asMap());
        }
        String known = JsonValues.text(device.get("mac"));
        String ip = known == null ? null : ipByMac.get(bare(known));
        if (ip != null) {
            device.put("local_ip", ip);
        }
        return Device.of(device);
    }

    private void makeIconAbsolute(Map<String, @Nullable Object> device) {
        String icon = JsonValues.text(device.get("icon"));
        if (icon != null && !icon.isEmpty() && !icon.toLowerCase(Locale.ROOT).startsWith("http")) {
            device.put("icon", "https://" + region.imageHost() + "/" + icon.replaceAll("^/+", ""));
        }
    }

    /** A MAC address without case and separators. */
    private static String bare(String mac) {
        return mac.replaceAll("[:.-]", "").toLowerCase(Locale.ROOT);
    }

    /** Strips what Unicode calls white space, as Python does; Java's own strip leaves no-break spaces. */
    private static String strip(String text) {
        int[] points = text.codePoints().toArray();
        int start = 0;
        int end = points.length;
        while (start < end && isSpace(points[start])) {
            start++;
        }
        while (end > start && isSpace(points[end - 1])) {
            end--;
        }
        return new String(points, start, end - start);
    }

    private static boolean isSpace(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0x85;
    }
}
