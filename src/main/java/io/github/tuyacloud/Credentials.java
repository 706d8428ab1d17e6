package io.github.tuyacloud;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.TinytuyaConfig;
import io.github.tuyacloud.exception.TuyaConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides where key, secret, region and devices come from: what a builder was given wins; what is missing comes from the
 * configuration file.
 */
final class Credentials {

    private @Nullable Path configFile;
    private @Nullable Region region;
    private @Nullable String apiKey;
    private @Nullable String apiSecret;
    private List<String> apiDeviceIds = List.of();

    /**
     * What was decided.
     *
     * @param region the data center
     * @param apiKey the access id
     * @param apiSecret the access secret
     * @param apiDeviceIds devices whose owners' devices are listed
     */
    record Resolved(Region region, String apiKey, String apiSecret, List<String> apiDeviceIds) {

        /** No secrets. */
        @Override
        public String toString() {
            return "Resolved[region=" + region + "]";
        }
    }

    void configFile(Path file) {
        this.configFile = file;
    }

    void region(Region value) {
        this.region = value;
    }

    void apiKey(String value) {
        this.apiKey = value;
    }

    void apiSecret(String value) {
        this.apiSecret = value;
    }

    void apiDeviceIds(List<String> values) {
        this.apiDeviceIds = values;
    }

    /** Reads the file if anything has to come from it. */
    Resolved resolve(boolean hasEndpoint) {
        Path file = configFile != null ? configFile : Path.of(TinytuyaConfig.DEFAULT_FILE_NAME);
        if (apiKey == null || apiSecret == null) {
            return fromFile(file, TinytuyaConfig.read(file));
        }
        // With key and secret at hand, the file may still say the region: wherever it was named, or lies about.
        boolean consult = configFile != null || region == null && !hasEndpoint && Files.exists(file);
        TinytuyaConfig config = consult ? TinytuyaConfig.read(file) : null;
        return new Resolved(
                regionOr(config),
                headerValue("apiKey", apiKey),
                headerValue("apiSecret", apiSecret),
                apiDeviceIds.isEmpty() && configFile != null && config != null ? config.apiDeviceIds() : apiDeviceIds);
    }

    private Resolved fromFile(Path file, TinytuyaConfig config) {
        return new Resolved(
                regionOr(config),
                required(file, "apiKey", config.apiKey()),
                required(file, "apiSecret", config.apiSecret()),
                apiDeviceIds.isEmpty() ? config.apiDeviceIds() : apiDeviceIds);
    }

    private Region regionOr(@Nullable TinytuyaConfig config) {
        if (region != null) {
            return region;
        }
        return config != null && config.region() != null ? config.region() : Region.CN;
    }

    private static String required(Path file, String name, @Nullable String value) {
        if (value == null) {
            throw new TuyaConfigException(
                    "Reading " + file,
                    "\"" + name
                            + "\" is missing. Copy it from the project's overview in the Tuya console, or pass apiKey "
                            + "and apiSecret both",
                    null);
        }
        try {
            return headerValue(name, value);
        } catch (IllegalArgumentException e) {
            throw new TuyaConfigException("Reading " + file, String.valueOf(e.getMessage()), null);
        }
    }

    /** Checks that a value is not blank and can stand in an HTTP header. */
    static String headerValue(String name, String value) {
        String stripped = Objects.requireNonNull(value, name).strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " is blank: copy it from the project's overview in the Tuya console");
        }
        if (!stripped.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(name + " has characters that cannot be part of it: copy it again");
        }
        return stripped;
    }
}
