package io.github.tuyacloud;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.TinytuyaConfig;
import io.github.tuyacloud.exception.TuyaConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Determines where the key, secret, region and device ids come from: the builder's arguments, a named file, the
 * environment, or {@code ./tinytuya.json}, in this order. Key and secret always come from the same source.
 */
final class ConfigResolver {

    private @Nullable Path configFile;
    private @Nullable Region region;
    private @Nullable String apiKey;
    private @Nullable String apiSecret;
    private List<String> apiDeviceIds = List.of();
    private @Nullable Map<String, String> environment;

    /**
     * The configuration of a client.
     *
     * @param region the data center
     * @param apiKey the access id
     * @param apiSecret the access secret
     * @param apiDeviceIds devices whose owners' devices are listed
     */
    record Resolved(Region region, String apiKey, String apiSecret, List<String> apiDeviceIds) {

        /** Copies the ids. */
        Resolved {
            apiDeviceIds = List.copyOf(apiDeviceIds);
        }

        /** Returns the configuration without secrets. */
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
        // The record splits comma lists and drops blanks and duplicates, as for a file.
        this.apiDeviceIds = new TinytuyaConfig(null, null, null, values).apiDeviceIds();
        this.apiDeviceIds.forEach(id -> notAPlaceholder("apiDeviceId", id));
    }

    void environment(Map<String, String> variables) {
        this.environment = variables;
    }

    /**
     * Reads the source that has the key and the secret.
     *
     * @param hasEndpoint whether calls go to an explicit endpoint, so that no region is needed
     */
    Resolved resolve(boolean hasEndpoint) {
        if (apiKey != null && apiSecret != null) {
            return fromArguments(apiKey, apiSecret, hasEndpoint);
        }
        if (configFile != null) {
            return fromFile(configFile);
        }
        Environment variables = new Environment(environment == null ? System.getenv() : environment);
        return variables.isSet()
                ? fromSource("the environment", variables.read(region == null && !hasEndpoint), Environment::variableOf)
                : fromFile(Path.of(TinytuyaConfig.DEFAULT_FILE_NAME));
    }

    private Resolved fromArguments(String key, String secret, boolean hasEndpoint) {
        Path file = configFile != null ? configFile : Path.of(TinytuyaConfig.DEFAULT_FILE_NAME);
        // A file may still provide the region, and one set with configFile also the devices.
        boolean consult = configFile != null || region == null && !hasEndpoint && Files.exists(file);
        TinytuyaConfig config = consult ? TinytuyaConfig.read(file) : null;
        return new Resolved(
                regionOr(config),
                credential("apiKey", key),
                credential("apiSecret", secret),
                config != null && configFile != null ? deviceIdsOr("Reading " + file, config) : apiDeviceIds);
    }

    private Resolved fromFile(Path file) {
        return fromSource(file.toString(), TinytuyaConfig.read(file), name -> "\"" + name + "\"");
    }

    private Resolved fromSource(String source, TinytuyaConfig config, Naming naming) {
        String operation = "Reading " + source;
        return new Resolved(
                regionOr(config),
                required(operation, "apiKey", naming, config.apiKey()),
                required(operation, "apiSecret", naming, config.apiSecret()),
                deviceIdsOr(operation, config));
    }

    /** The name of a value in a source, for error messages. */
    private interface Naming {
        String of(String name);
    }

    private List<String> deviceIdsOr(String operation, TinytuyaConfig config) {
        if (!apiDeviceIds.isEmpty()) {
            return apiDeviceIds;
        }
        config.apiDeviceIds().forEach(id -> inConfig(operation, () -> notAPlaceholder("apiDeviceID", id)));
        return config.apiDeviceIds();
    }

    private Region regionOr(@Nullable TinytuyaConfig config) {
        if (region != null) {
            return region;
        }
        return config != null && config.region() != null ? config.region() : Region.CN;
    }

    private static String required(String operation, String name, Naming naming, @Nullable String value) {
        if (value == null) {
            throw new TuyaConfigException(
                    operation,
                    naming.of(name)
                            + " is missing. Copy it from the project's overview in the Tuya console, or pass both "
                            + "apiKey and apiSecret",
                    null);
        }
        return inConfig(operation, () -> credential(name, value));
    }

    private interface Check<T> {
        T run();
    }

    /** An invalid value in a file or in the environment is a configuration error, not an invalid argument. */
    private static <T> T inConfig(String operation, Check<T> check) {
        try {
            return check.run();
        } catch (IllegalArgumentException e) {
            throw new TuyaConfigException(operation, String.valueOf(e.getMessage()), null);
        }
    }

    /**
     * Returns an access id or secret, stripped; rejects blanks, untouched placeholders and characters that are invalid
     * in a header.
     */
    private static String credential(String name, String value) {
        if (Objects.requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(
                    name + " is blank: copy it from the project's overview in the Tuya console");
        }
        return notAPlaceholder(name, headerValue(name, value));
    }

    /** Returns a value that can be sent as an HTTP header, stripped. */
    static String headerValue(String name, String value) {
        String stripped = Objects.requireNonNull(value, name).strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException(name + " is blank");
        }
        if (isQuoted(stripped)) {
            throw new IllegalArgumentException(name + " has quotes around it: remove them");
        }
        if (!isVisibleAscii(stripped)) {
            throw new IllegalArgumentException(
                    name + " contains characters that an HTTP header cannot carry: copy it again");
        }
        return stripped;
    }

    private static boolean isQuoted(String value) {
        char first = value.charAt(0);
        return value.length() > 1 && (first == '"' || first == '\'') && value.charAt(value.length() - 1) == first;
    }

    private static boolean isVisibleAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) >= 127) {
                return false;
            }
        }
        return true;
    }

    private static String notAPlaceholder(String name, String value) {
        String word = value.toLowerCase(Locale.ROOT);
        if (word.startsWith("your-")
                || word.startsWith("your_")
                || word.startsWith("id-of-one-of-your")
                || word.matches("x{6,}(id|key|secret)?|<.*>|\\.{3,}")) {
            throw new IllegalArgumentException(name + " still has the placeholder of the example: "
                    + (name.equalsIgnoreCase("apiDeviceId")
                            ? "remove that line, or put in the id of one of your devices"
                            : "put in the value from the project's overview in the Tuya console"));
        }
        return value;
    }
}
