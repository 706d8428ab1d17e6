package io.github.tuyacloud.config;

import io.github.tuyacloud.exception.TuyaConfigException;
import io.github.tuyacloud.json.JsonFile;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a {@code tinytuya.json}, the file that tinytuya's wizard writes and that this library reads unchanged.
 *
 * <p>Other keys are ignored. A blank value counts as absent. A key in another spelling, such as {@code api_region} or
 * {@code region}, is an error if the right one is missing.
 *
 * @param apiKey {@code apiKey}: the project's access id; null if absent
 * @param apiSecret {@code apiSecret}: the project's access secret; null if absent
 * @param region {@code apiRegion}; null if absent
 * @param apiDeviceIds {@code apiDeviceID}: distinct device ids in order; an element may be a comma-separated list.
 *     Empty if absent or {@code scan}, which stands for any device that the wizard finds
 */
public record TinytuyaConfig(
        @Nullable String apiKey,
        @Nullable String apiSecret,
        @Nullable Region region,
        List<String> apiDeviceIds) {

    /** The name of the file in the working directory that is read by default. */
    public static final String DEFAULT_FILE_NAME = "tinytuya.json";

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private static final int MAX_BYTES = 1024 * 1024;

    /** An example for messages, because the jar does not contain the example file. */
    private static final String CONTENT = "{\"apiKey\": \"...\", \"apiSecret\": \"...\", \"apiRegion\": \"eu\"}";

    /** Splits comma lists of device ids and drops blanks and duplicates. */
    public TinytuyaConfig {
        apiDeviceIds = apiDeviceIds.stream()
                .flatMap(ids -> Stream.of(ids.split(",")))
                .map(String::strip)
                .filter(id -> !id.isEmpty() && !id.equalsIgnoreCase("scan"))
                .distinct()
                .toList();
    }

    /**
     * Reads a file.
     *
     * @param file the path; symbolic links are followed
     * @return its content
     * @throws TuyaConfigException if it is missing, not a regular file, not readable, larger than 1 MiB, not JSON, has
     *     a key in another spelling, or names an unknown region. The message names the file and the key, but never
     *     shows a value that may be a secret
     */
    public static TinytuyaConfig read(Path file) {
        Map<String, @Nullable Object> content = readObject(file);
        String deviceIds = text(content, "apiDeviceID", file);
        String secret = text(content, "apiSecret", file);
        if (secret != null && JsonFile.isWorldReadable(file)) {
            LogSafe.warn(
                    LOG, "{} contains a secret, and every user of this machine can read it: run chmod 600 on it", file);
        }
        return new TinytuyaConfig(
                text(content, "apiKey", file),
                secret,
                region(text(content, "apiRegion", file), file),
                deviceIds == null ? List.of() : List.of(deviceIds));
    }

    /** Returns the region and the device ids; shows only whether key and secret are present. */
    @Override
    public String toString() {
        return LogSafe.line(
                "TinytuyaConfig[apiKey={}, apiSecret={}, region={}, apiDeviceIds={}]",
                apiKey == null ? "absent" : "***",
                apiSecret == null ? "absent" : "***",
                region,
                apiDeviceIds);
    }

    private static Map<String, @Nullable Object> readObject(Path file) {
        Map<String, @Nullable Object> object;
        try {
            object = JsonValues.object(JsonFile.read(file, MAX_BYTES));
        } catch (NoSuchFileException e) {
            throw failure(
                    file,
                    "there is no such file (looked for " + file.toAbsolutePath() + "). Create it: " + CONTENT
                            + ", with the access id and access secret from the project's overview in the Tuya console; "
                            + "or name another file, set TUYA_API_KEY, TUYA_API_SECRET and TUYA_REGION, or pass region, "
                            + "apiKey and apiSecret",
                    null);
        } catch (MalformedJsonException e) {
            throw failure(file, e.getMessage() + ". It should look like " + CONTENT, null);
        } catch (IOException e) {
            throw failure(file, JsonFile.cannotRead(e), e);
        }
        if (object == null) {
            throw failure(file, "it must hold one JSON object, such as " + CONTENT, null);
        }
        return object;
    }

    private static @Nullable String text(Map<String, @Nullable Object> content, String name, Path file) {
        if (!content.containsKey(name)) {
            rejectOtherSpelling(content, name, file);
        }
        Object value = content.get(name);
        String text = JsonValues.text(value);
        if (value != null && text == null) {
            throw failure(file, "\"" + name + "\" must be a string in quotes", null);
        }
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** A region under another name would be ignored, and the key looked for in the wrong data center. */
    private static void rejectOtherSpelling(Map<String, @Nullable Object> content, String name, Path file) {
        String expected = plain(name);
        for (String key : content.keySet()) {
            if (!isDisabled(key) && plain(key).equals(expected)) {
                throw failure(file, "\"" + name + "\" is missing, but there is \"" + key + "\": rename it", null);
            }
        }
    }

    /** JSON has no comments, so people disable a line with a mark before its key, such as {@code "_apiRegion"}. */
    private static boolean isDisabled(String key) {
        return key.isEmpty() || !Character.isLetter(key.charAt(0));
    }

    /** Returns {@code region} for {@code apiRegion}, {@code api_region} and {@code Region}. */
    private static String plain(String name) {
        StringBuilder letters = new StringBuilder();
        name.toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetter)
                .forEach(letter -> letters.append((char) letter));
        return letters.indexOf("api") == 0 ? letters.substring("api".length()) : letters.toString();
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
