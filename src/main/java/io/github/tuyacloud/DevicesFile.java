package io.github.tuyacloud;

import io.github.tuyacloud.exception.TuyaConfigException;
import io.github.tuyacloud.json.JsonFile;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import io.github.tuyacloud.model.Device;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes tinytuya's {@code devices.json}, so that a file written here works there and the other way round.
 *
 * <p>The file holds local keys: it is written for its owner only, and whole or not at all.
 */
public final class DevicesFile {

    private static final int MAX_BYTES = 64 * 1024 * 1024;

    /** Names that differ: tinytuya's in the file, the cloud's (or this library's) in a {@link Device}. */
    private static final Map<String, String> FIELD_BY_FILE_NAME = Map.of("key", "local_key", "ip", "local_ip");

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
     * Reads a file: a flat list, or an object with a list under {@code devices}.
     *
     * @param file the path
     * @return the devices; entries with an id alone are fine
     * @throws TuyaConfigException if the file is missing, not readable, not JSON, or not a list of devices
     */
    public static List<Device> read(Path file) {
        Object content = readContent(file);
        Map<String, @Nullable Object> object = JsonValues.object(content);
        Object list = object == null ? content : object.get("devices");
        if (!(list instanceof List<?> entries)) {
            throw failure(
                    file, "it must hold a list of devices, or an object with such a list under \"devices\"", null);
        }
        List<Device> devices = new ArrayList<>(entries.size());
        for (Object entry : entries) {
            Map<String, @Nullable Object> fields = JsonValues.object(entry);
            if (fields == null || JsonValues.text(fields.get("id")) == null) {
                throw failure(file, "entry " + (devices.size() + 1) + " of its list has no \"id\"", null);
            }
            devices.add(fromFile(file, fields));
        }
        return List.copyOf(devices);
    }

    /**
     * Writes a file: a flat list with tinytuya's own keys.
     *
     * @param file the path; an earlier file is replaced
     * @param devices the devices
     * @throws TuyaConfigException if it cannot be written; an earlier file is then as it was
     */
    public static void write(Path file, List<Device> devices) {
        try {
            JsonFile.write(file, devices.stream().map(DevicesFile::toFile).toList());
        } catch (IOException | IllegalArgumentException e) {
            throw new TuyaConfigException(
                    "Writing " + file,
                    "it cannot be written (" + e.getClass().getSimpleName()
                            + "). Check that its folder exists and is yours",
                    e);
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
            throw failure(file, "it cannot be read (" + e.getClass().getSimpleName() + "). Check its permissions", e);
        }
    }

    private static Device fromFile(Path file, Map<String, @Nullable Object> entry) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        entry.forEach((name, value) -> {
            String field = FIELD_BY_FILE_NAME.getOrDefault(name, name);
            // An empty key does not hide a local_key.
            if (fields.get(field) == null || "".equals(fields.get(field))) {
                fields.put(field, value);
            }
        });
        // What is always there is empty when nobody knows it.
        FILE_NAMES.stream()
                .limit(ALWAYS_THERE)
                .map(name -> FIELD_BY_FILE_NAME.getOrDefault(name, name))
                .forEach(name -> fields.remove(name, ""));
        try {
            return Device.of(fields);
        } catch (IllegalArgumentException e) {
            throw failure(file, String.valueOf(e.getMessage()), null);
        }
    }

    private static Map<String, @Nullable Object> toFile(Device device) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        for (String name : FILE_NAMES) {
            Object value = device.fields().get(FIELD_BY_FILE_NAME.getOrDefault(name, name));
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
