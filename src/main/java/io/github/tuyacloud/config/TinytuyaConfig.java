package io.github.tuyacloud.config;

import io.github.tuyacloud.exception.TuyaConfigException;
import io.github.tuyacloud.json.JsonFile;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@code tinytuya.json} says: the file that tinytuya's wizard writes, and that this library reads as it is.
 *
 * <p>Keys that are not listed here are ignored; a blank value is as if absent.
 *
 * @param apiKey {@code apiKey}: the project's access id; null when absent
 * @param apiSecret {@code apiSecret}: the project's access secret; null when absent
 * @param region {@code apiRegion}; null when absent
 * @param apiDeviceIds {@code apiDeviceID}: one device id, or several with commas between them; empty when absent, and for
 *     {@code scan}, which is what the wizard notes when it was told to look for a device by itself
 */
public record TinytuyaConfig(
        @Nullable String apiKey,
        @Nullable String apiSecret,
        @Nullable Region region,
        List<String> apiDeviceIds) {

    /** The name that is looked for in the working directory when no other file is named. */
    public static final String DEFAULT_FILE_NAME = "tinytuya.json";

    private static final Logger LOG = LoggerFactory.getLogger(TinytuyaConfig.class);

    private static final int MAX_BYTES = 1024 * 1024;

    /** For messages: who has the jar has no example at hand. */
    private static final String CONTENT = "{\"apiKey\": \"...\", \"apiSecret\": \"...\", \"apiRegion\": \"eu\"}";

    /** Copies the list. */
    public TinytuyaConfig {
        apiDeviceIds = List.copyOf(apiDeviceIds);
    }

    /**
     * Reads a file.
     *
     * @param file the path; symbolic links are followed
     * @return what it says
     * @throws TuyaConfigException if it is missing, not a regular file, not readable, larger than 1 MiB, not JSON, or
     *     names an unknown region; the message names file and key, and no value that could be a secret
     */
    public static TinytuyaConfig read(Path file) {
        Map<String, @Nullable Object> content = readObject(file);
        return new TinytuyaConfig(
                text(content, "apiKey", file),
                text(content, "apiSecret", file),
                region(text(content, "apiRegion", file), file),
                deviceIds(text(content, "apiDeviceID", file)));
    }

    /**
     * Splits a comma list of device ids.
     *
     * @param commaList ids with commas between them, or null
     * @return the ids, stripped, each once, in order
     */
    public static List<String> splitIds(@Nullable String commaList) {
        return commaList == null
                ? List.of()
                : Stream.of(commaList.split(","))
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .distinct()
                        .toList();
    }

    private static List<String> deviceIds(@Nullable String commaList) {
        return "scan".equalsIgnoreCase(commaList) ? List.of() : splitIds(commaList);
    }

    /** Shows region and devices; key and secret only as present or absent. */
    @Override
    public String toString() {
        return "TinytuyaConfig[apiKey=" + (apiKey == null ? "absent" : "***") + ", apiSecret="
                + (apiSecret == null ? "absent" : "***") + ", region=" + region + ", apiDeviceIds=" + apiDeviceIds
                + "]";
    }

    private static Map<String, @Nullable Object> readObject(Path file) {
        Map<String, @Nullable Object> object;
        try {
            object = JsonValues.object(JsonFile.read(file, MAX_BYTES));
        } catch (NoSuchFileException e) {
            throw failure(
                    file,
                    "there is no such file (looked for " + file.toAbsolutePath() + "). Make it: " + CONTENT
                            + ", with the access id and access secret from the project's overview in the Tuya console; "
                            + "or name another file, or pass region, apiKey and apiSecret",
                    null);
        } catch (MalformedJsonException e) {
            throw failure(file, e.getMessage() + ". It should look like " + CONTENT, null);
        } catch (IOException e) {
            throw failure(file, "it cannot be read (" + e.getClass().getSimpleName() + "). Check its permissions", e);
        }
        if (object == null) {
            throw failure(file, "it must hold one JSON object, such as " + CONTENT, null);
        }
        if (JsonFile.isWorldReadable(file)) {
            LOG.warn("{} holds a secret and every user of this machine can read it: chmod 600 it", file);
        }
        return object;
    }

    private static @Nullable String text(Map<String, @Nullable Object> content, String name, Path file) {
        Object value = content.get(name);
        String text = JsonValues.text(value);
        if (value != null && text == null) {
            throw failure(file, "\"" + name + "\" must be a text in quotes", null);
        }
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable Region region(@Nullable String code, Path file) {
        try {
            return code == null ? null : Region.of(code);
        } catch (IllegalArgumentException e) {
            throw failure(file, "\"apiRegion\" is wrong. " + e.getMessage(), null);
        }
    }

    private static TuyaConfigException failure(Path file, String reason, @Nullable Throwable cause) {
        return new TuyaConfigException("Reading " + file, reason, cause);
    }
}
