package io.github.tuyacloud.operation;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Assembles devices from a device list, factory infos, DP mappings and local addresses. */
final class DeviceAssembler {

    private final String iconBase;
    private final Map<String, String> ipByMac = new LinkedHashMap<>();

    DeviceAssembler(Region region, Map<String, String> ipByMac) {
        this.iconBase = "https://" + IconHosts.of(region) + "/";
        ipByMac.forEach((mac, ip) -> this.ipByMac.put(bare(mac), ip));
    }

    /** Returns the assembled device. */
    Device assemble(JsonObject listed, Map<String, @Nullable Object> factoryInfo, @Nullable DpMapping mapping) {
        JsonObject.Editor device = listed.edit();
        String name = JsonValues.text(device.get("name"));
        if (name != null) {
            device.set("name", strip(name));
        }
        String mac = JsonValues.text(factoryInfo.get("mac"));
        if (mac != null && !mac.isEmpty()) {
            device.set("mac", mac);
        }
        fillIn(device, "uuid", factoryInfo);
        fillIn(device, "sn", factoryInfo);
        String icon = JsonValues.text(device.get("icon"));
        if (icon != null && !icon.isEmpty() && !icon.regionMatches(true, 0, "http", 0, "http".length())) {
            device.set("icon", iconBase + withoutLeadingSlashes(icon));
        }
        if (mapping != null) {
            device.set("mapping", mapping);
        }
        String known = ipByMac.isEmpty() ? null : JsonValues.text(device.get("mac"));
        String ip = known == null ? null : ipByMac.get(bare(known));
        if (ip != null) {
            device.set("local_ip", ip);
        }
        return Device.fromMap(device.toObject());
    }

    private static void fillIn(JsonObject.Editor device, String name, Map<String, @Nullable Object> factoryInfo) {
        Object value = factoryInfo.get(name);
        if (value != null && DeviceIndex.isEmpty(device.get(name))) {
            device.set(name, value);
        }
    }

    private static String withoutLeadingSlashes(String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return path.substring(start);
    }

    /** Returns a MAC address in lower case without separators. */
    private static String bare(String mac) {
        StringBuilder digits = new StringBuilder(mac.length());
        for (int i = 0; i < mac.length(); i++) {
            if (":.-".indexOf(mac.charAt(i)) < 0) {
                digits.append(mac.charAt(i));
            }
        }
        return digits.toString().toLowerCase(Locale.ROOT);
    }

    /** Strips Unicode white space like Python; {@link String#strip} leaves no-break spaces. */
    private static String strip(String text) {
        // All white space is in the BMP, so no surrogate pair is split.
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\u0085';
    }
}
