package io.github.tuyacloud;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.TinytuyaConfig;
import io.github.tuyacloud.exception.TuyaConfigException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the configuration from environment variables; if only some are set, the error names the missing ones. */
final class Environment {

    private static final String KEY = "TUYA_API_KEY";
    private static final String SECRET = "TUYA_API_SECRET";
    private static final String REGION = "TUYA_REGION";
    private static final String DEVICE_ID = "TUYA_DEVICE_ID";

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Returns the variable that holds a value of {@code tinytuya.json}. */
    static String variableOf(String name) {
        return name.equals("apiKey") ? KEY : SECRET;
    }

    /** Returns whether the key, secret or region is set; a device id alone does not count. */
    boolean isSet() {
        return Stream.of(KEY, SECRET, REGION).anyMatch(name -> get(name) != null);
    }

    /**
     * Reads the key, secret and region, which must all be set, and the device ids.
     *
     * @param regionNeeded false if the caller has a region from elsewhere
     * @throws TuyaConfigException if one of the three is missing or the region is unknown
     */
    TinytuyaConfig read(boolean regionNeeded) {
        List<String> missing = Stream.of(KEY, SECRET, REGION)
                .filter(name -> get(name) == null && (regionNeeded || !name.equals(REGION)))
                .toList();
        if (!missing.isEmpty()) {
            throw failure("it has some of " + KEY + ", " + SECRET + " and " + REGION + ", but not "
                    + String.join(" and ", missing) + ". Set all three, or none of them to use tinytuya.json");
        }
        String deviceIds = get(DEVICE_ID);
        return new TinytuyaConfig(get(KEY), get(SECRET), region(), deviceIds == null ? List.of() : List.of(deviceIds));
    }

    private @Nullable Region region() {
        String code = get(REGION);
        try {
            return code == null ? null : Region.of(code);
        } catch (IllegalArgumentException e) {
            throw failure(REGION + " is wrong. " + e.getMessage());
        }
    }

    private @Nullable String get(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static TuyaConfigException failure(String reason) {
        return new TuyaConfigException("Reading the environment", reason, null);
    }
}
