package io.github.tuyacloud.examples;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.RegionReport;
import io.github.tuyacloud.config.TinytuyaConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sources from which the demo reads the key and secret.
 *
 * @param file the configuration file, which need not exist
 * @param environment the environment variables
 */
record DemoConfig(Path file, Map<String, String> environment) {

    private static final String KEY = "TUYA_API_KEY";
    private static final String SECRET = "TUYA_API_SECRET";

    /** Returns whether the environment has a configuration or part of one. */
    boolean isInEnvironment() {
        return Stream.of(KEY, SECRET, "TUYA_REGION")
                .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    }

    /** Asks all data centers which of them accepts the key. */
    RegionReport detectRegion() {
        if (isInEnvironment()) {
            return TuyaCloud.detectRegion(variable(KEY), variable(SECRET));
        }
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("detect needs your key and secret: there is no " + file
                    + " here. Create it, or set " + KEY + " and " + SECRET);
        }
        TinytuyaConfig config = TinytuyaConfig.read(file);
        return TuyaCloud.detectRegion(text(config.apiKey()), text(config.apiSecret()));
    }

    private String variable(String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("detect needs your key and secret: set " + name + ", too");
        }
        return value;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
