package io.github.tuyacloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.exception.TuyaConfigException;
import io.github.tuyacloud.support.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the configuration from environment variables: when it is used, and that half of it is an error. */
class ConfigEnvironmentTest {

    private static final Map<String, String> COMPLETE =
            Map.of("TUYA_API_KEY", "envkey", "TUYA_API_SECRET", "envsecret", "TUYA_REGION", "eu");

    @TempDir
    Path folder;

    @Test
    void resolve_completeEnvironment_isUsed() {
        ConfigResolver.Resolved resolved = resolver(COMPLETE).resolve(false);

        assertThat(resolved)
                .extracting(
                        ConfigResolver.Resolved::apiKey,
                        ConfigResolver.Resolved::apiSecret,
                        ConfigResolver.Resolved::region)
                .containsExactly("envkey", "envsecret", Region.EU);
        assertThat(resolved.apiDeviceIds()).isEmpty();
        assertThat(resolved.toString()).doesNotContain("env");
    }

    @Test
    void resolve_deviceIdsInEnvironment_areSplitOnce() {
        assertThat(resolver(with("TUYA_DEVICE_ID", " bf01,bf02 ,bf01"))
                        .resolve(false)
                        .apiDeviceIds())
                .containsExactly("bf01", "bf02");
    }

    @ParameterizedTest
    @CsvSource({
        "TUYA_API_KEY,'TUYA_API_KEY'",
        "TUYA_API_SECRET,'TUYA_API_SECRET'",
        "TUYA_REGION,'TUYA_REGION'",
    })
    void resolve_oneOfThreeMissingOrBlank_namesIt(String variable, String named) {
        for (String value : new String[] {null, " "}) {
            assertThatExceptionOfType(TuyaConfigException.class)
                    .isThrownBy(() -> resolver(with(variable, value)).resolve(false))
                    .withMessage("Reading the environment failed: it has some of TUYA_API_KEY, TUYA_API_SECRET and "
                            + "TUYA_REGION, but not " + named
                            + ". Set all three, or none of them to use tinytuya.json")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("envsecret"));
        }
    }

    @Test
    void resolve_regionAlone_namesKeyAndSecret() {
        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> resolver(Map.of("TUYA_REGION", "eu")).resolve(false))
                .withMessageContaining("but not TUYA_API_KEY and TUYA_API_SECRET.");
    }

    @Test
    void resolve_regionGivenAsArgument_isNotNeededInEnvironment() {
        ConfigResolver resolver = resolver(with("TUYA_REGION", null));
        resolver.region(Region.IN);

        assertThat(resolver.resolve(false).region()).isEqualTo(Region.IN);
    }

    @Test
    void resolve_unknownRegionInEnvironment_namesTheVariable() {
        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> resolver(with("TUYA_REGION", "xx")).resolve(false))
                .withMessageContaining("Reading the environment failed: TUYA_REGION is wrong. Unknown region \"xx\"");
    }

    @Test
    void resolve_argumentsGiven_ignoresTheEnvironment() {
        ConfigResolver resolver = resolver(Map.of("TUYA_API_KEY", "half"));
        resolver.apiKey("argkey");
        resolver.apiSecret("argsecret");
        resolver.region(Region.SG);

        assertThat(resolver.resolve(false).apiKey()).isEqualTo("argkey");
    }

    @Test
    void resolve_namedFile_winsOverTheEnvironment() throws IOException {
        ConfigResolver resolver = resolver(COMPLETE);
        resolver.configFile(PrivateFile.write(
                folder.resolve("other.json"), "{\"apiKey\":\"filekey\",\"apiSecret\":\"s\",\"apiRegion\":\"us\"}"));

        assertThat(resolver.resolve(false))
                .isEqualTo(new ConfigResolver.Resolved(Region.US, "filekey", "s", java.util.List.of()));
    }

    @Test
    void resolve_deviceIdAlone_isNotAConfiguration() {
        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> resolver(Map.of("TUYA_DEVICE_ID", "bf01")).resolve(false))
                .withMessageStartingWith("Reading tinytuya.json failed: there is no such file");
    }

    @Test
    void build_builderWithEnvironment_isConfigured() {
        try (TuyaCloud cloud = TuyaCloud.builder().environment(COMPLETE).build()) {
            assertThat(cloud.usage().total()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"your-access-id-00000", "YOUR-KEY", "xxxxxxxxxxxxxxxxxxxx", "<access id>", "..."})
    void resolve_placeholder_namesTheValueToFillIn(String placeholder) throws IOException {
        if (!placeholder.contains(" ")) {
            ConfigResolver arguments = resolver(Map.of());
            arguments.apiKey(placeholder);
            arguments.apiSecret("secret");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> arguments.resolve(true))
                    .withMessage("apiKey still has the placeholder of the example: "
                            + "put in the value from the project's overview in the Tuya console");
        }
        for (String name : new String[] {"apiKey", "apiSecret"}) {
            String file = "{\"apiKey\":\"k\",\"apiSecret\":\"s\"}"
                    .replaceFirst("\"" + name + "\":\"[ks]\"", "\"" + name + "\":\"" + placeholder + "\"");
            assertThatExceptionOfType(TuyaConfigException.class)
                    .isThrownBy(() -> resolverOf(file).resolve(true))
                    .withMessageContaining(
                            name + (placeholder.contains(" ") ? " contains" : " still has the placeholder"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0123456789abcdef\"", "'0123456789abcdef'", " \"\" "})
    void resolve_quotesAroundAValue_advisesToRemoveThem(String quoted) {
        Map<String, String> variables = new HashMap<>(COMPLETE);
        variables.put("TUYA_API_SECRET", quoted);

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> resolver(variables).resolve(false))
                .withMessage("Reading the environment failed: apiSecret has quotes around it: remove them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id-of-one-of-your-devices", "your-device-id", "xxxxxxxxxxxxxxxxxxID"})
    void resolve_placeholderOfDeviceId_advisesToRemoveTheLine(String placeholder) {
        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> resolverOf(
                                "{\"apiKey\":\"k\",\"apiSecret\":\"s\",\"apiDeviceID\":\"" + placeholder + "\"}")
                        .resolve(true))
                .withMessageContaining("apiDeviceID still has the placeholder of the example: "
                        + "remove that line, or put in the id of one of your devices");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> TuyaCloud.builder().apiDeviceId(placeholder));
    }

    @ParameterizedTest
    @CsvSource({
        "Western America Data Center, US",
        "western america, US",
        "Eastern America Data Center, US_EAST",
        "Central Europe Data Center, EU",
        "Western Europe Data Centre, EU_WEST",
        "India Data Center, IN",
        "India Datacenter, IN",
        "Singapore_Data_Center, SG",
        "China, CN"
    })
    void region_nameOfTheConsole_isAccepted(String name, Region region) {
        assertThat(Region.of(name)).isEqualTo(region);
    }

    private ConfigResolver resolverOf(String json) throws IOException {
        ConfigResolver resolver = resolver(Map.of());
        resolver.configFile(PrivateFile.write(folder.resolve("tinytuya.json"), json));
        return resolver;
    }

    private static ConfigResolver resolver(Map<String, String> environment) {
        ConfigResolver resolver = new ConfigResolver();
        resolver.environment(environment);
        return resolver;
    }

    /** The complete environment with one variable changed; null removes it. */
    private static Map<String, String> with(String name, String value) {
        Map<String, String> variables = new HashMap<>(COMPLETE);
        variables.remove(name);
        if (value != null) {
            variables.put(name, value);
        }
        return variables;
    }
}
