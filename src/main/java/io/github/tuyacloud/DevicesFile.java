package io.github.tuyacloud;

import io.github.tuyacloud.exception.TuyaConfigException;
import io.github.tuyacloud.json.JsonFile;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.MalformedJsonException;
import io.github.tuyacloud.model.Device;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes tinytuya's {@code devices.json}, so that both programs can share the file.
 *
 * <p>Two more of tinytuya's files can be read: {@code snapshot.json}, the result of a network scan, and
 * {@code tuya-raw.json}, the cloud's response.
 *
 * <p>The files contain local keys. A written file is readable only by its owner. Writing either succeeds completely or
 * leaves the old file unchanged.
 */
public final class DevicesFile {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private static final int MAX_BYTES = 64 * 1024 * 1024;

    /** The names that differ: tinytuya's in the file, and the cloud's (or this library's) in a {@link Device}. */
    private static final Map<String, String> FIELD_BY_FILE_NAME =
            Map.of("key", "local_key", "ip", "local_ip", "ver", "version");

    /** Fields that a scan fills with 0 if it did not find the device. */
    private static final Set<String> FOUND_BY_SCAN = Set.of("local_ip", "version");

    /** tinytuya's own keys, in its order. The first four are always there. */
    private static final List<String> FILE_NAMES = List.of(
            "name",
            "id",
            "key",
            "mac",
            "uuid",
            "sn",
            "category",
            "product_name",
            "product_id",
            "biz_type",
            "model",
            "sub",
            "icon",
            "mapping",
            "ip",
            "version",
            "last_ip",
            "node_id",
            "gateway_id",
            "parent");

    private static final int ALWAYS_THERE = 4;

    private DevicesFile() {}

    /**
     * Reads a file: a flat list of devices ({@code devices.json}), an object with the list under {@code devices}
     * ({@code snapshot.json}), or a response of the cloud with the list under {@code result} ({@code tuya-raw.json}).
     *
     * <p>In the first two, {@code ip} is the address on the local network; in a response of the cloud, it is the public
     * one.
     *
     * @param file the path; symbolic links are followed
     * @return the devices; entries without an id are skipped with a warning
     * @throws TuyaConfigException if the file is missing, not a regular file, unreadable, not JSON, does not hold a
     *     list of devices, or no entry of the list has an id
     */
    public static List<Device> read(Path file) {
        Object content = readContent(file);
        Map<String, @Nullable Object> object = JsonValues.object(content);
        if (object == null) {
            return readList(file, content, false);
        }
        return object.get("devices") == null && object.containsKey("result")
                ? readList(file, object.get("result"), true)
                : readList(file, object.get("devices"), false);
    }

    /**
     * Writes a file: a flat list with tinytuya's own keys.
     *
     * @param file the path; an existing regular file is replaced, and anything else is refused. A symbolic link is
     *     followed and kept
     * @param devices the devices
     * @throws TuyaConfigException if the file cannot be written; an existing file is then unchanged
     */
    public static void write(Path file, List<Device> devices) {
        try {
            JsonFile.write(file, devices.stream().map(DevicesFile::toFile).toList());
        } catch (IOException e) {
            throw new TuyaConfigException("Writing " + file, JsonFile.cannotWrite(e), e);
        } catch (IllegalArgumentException e) {
            throw new TuyaConfigException("Writing " + file, String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable Object readContent(Path file) {
        try {
            return JsonFile.read(file, MAX_BYTES);
        } catch (NoSuchFileException e) {
            throw failure(file, "there is no such file (looked for " + file.toAbsolutePath() + ")", null);
        } catch (MalformedJsonException e) {
            throw failure(file, String.valueOf(e.getMessage()), null);
        } catch (IOException e) {
            throw failure(file, JsonFile.cannotRead(e), e);
        }
    }

    private static List<Device> readList(Path file, @Nullable Object list, boolean isCloudResponse) {
        if (!(list instanceof List<?> entries)) {
            throw failure(
                    file,
                    isCloudResponse
                            ? "it holds a response of the cloud without a list of devices under \"result\". Create it again"
                            : "it must hold a list of devices, or an object with such a list under \"devices\" or"
                                    + " \"result\"",
                    null);
        }
        List<Device> devices = new ArrayList<>(entries.size());
        for (Object entry : entries) {
            Map<String, @Nullable Object> fields = JsonValues.object(entry);
            if (fields != null && hasId(fields)) {
                devices.add(Device.fromMap(isCloudResponse ? fields : inCloudNames(fields)));
            }
        }
        if (devices.size() < entries.size()) {
            if (devices.isEmpty()) {
                throw failure(file, "no entry of its list has an \"id\"", null);
            }
            LogSafe.warn(
                    LOG,
                    "Skipped {} entries of {} without an id; remaining: {}",
                    entries.size() - devices.size(),
                    file,
                    devices.size());
        }
        return List.copyOf(devices);
    }

    private static boolean hasId(Map<String, @Nullable Object> fields) {
        String id = JsonValues.text(fields.get("id"));
        return id != null && !id.isBlank();
    }

    private static Map<String, @Nullable Object> inCloudNames(Map<String, @Nullable Object> entry) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        entry.forEach((name, value) -> {
            String field = FIELD_BY_FILE_NAME.getOrDefault(name, name);
            boolean isUnknown = FOUND_BY_SCAN.contains(field) && isZero(value);
            // An empty key does not hide a local_key.
            if (!isUnknown && isEmpty(fields.get(field))) {
                fields.put(field, value);
            }
        });
        // The keys that are always there are empty if the value is unknown.
        FILE_NAMES.stream()
                .limit(ALWAYS_THERE)
                .map(name -> FIELD_BY_FILE_NAME.getOrDefault(name, name))
                .forEach(name -> fields.remove(name, ""));
        return fields;
    }

    private static boolean isZero(@Nullable Object value) {
        Long number = JsonValues.wholeNumber(value);
        return number != null && number == 0;
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null || "".equals(value);
    }

    private static Map<String, @Nullable Object> toFile(Device device) {
        Map<String, @Nullable Object> fields = device.asMap();
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        for (String name : FILE_NAMES) {
            Object value = fields.get(FIELD_BY_FILE_NAME.getOrDefault(name, name));
            if (value != null) {
                entry.put(name, value);
            } else if (FILE_NAMES.indexOf(name) < ALWAYS_THERE) {
                entry.put(name, "");
            }
        }
        String gateway = device.gatewayId();
        if (gateway != null && !gateway.isEmpty()) {
            entry.putIfAbsent("parent", gateway);
        }
        return entry;
    }

    private static TuyaConfigException failure(Path file, String reason, @Nullable Throwable cause) {
        return new TuyaConfigException("Reading " + file, reason, cause);
    }
}
