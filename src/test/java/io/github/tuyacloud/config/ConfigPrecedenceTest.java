package io.github.tuyacloud.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.exception.TuyaConfigException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which source wins for key, secret, region and devices: argument, named file, environment, file in the folder. */
class ConfigPrecedenceTest extends FakeCloudTest {

    @TempDir
    Path folder;

    @Test
    void build_keyAndSecretInFile_areUsed() throws IOException {
        use(TuyaCloud.builder().endpoint(fake.endpoint()).clock(time).configFile(file("eu", "")));

        assertThat(cloud.getStatus(DemoWorld.PLUG).dataPoints()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "eu, in, images.tuyaeu.com",
        "eu, , images.tuyaeu.com",
        ", in, images.tuyain.com",
        ", AZ, images.tuyaus.com",
        ", , images.tuyacn.com"
    })
    void build_region_isArgumentThenFileThenChina(String argument, String inFile, String iconHost) throws IOException {
        TuyaCloudBuilder builder =
                TuyaCloud.builder().endpoint(fake.endpoint()).clock(time).configFile(file(inFile, ""));
        use(argument == null ? builder : builder.region(argument));

        assertThat(cloud.getDevices().get(0).icon()).startsWith("https://" + iconHost + "/");
    }

    @Test
    void build_argumentsAndNamedFile_takesRegionAndDevicesFromFile() throws IOException {
        use(client().configFile(file("eu", DemoWorld.OFFLINE_PLUG)));

        assertThat(cloud.getDevices()).singleElement().satisfies(device -> assertThat(device.icon())
                .startsWith("https://images.tuyaeu.com/"));
    }

    @Test
    void build_argumentsOnly_readsNoFile() {
        use(client());

        assertThat(cloud.getDevices().get(0).icon()).startsWith("https://images.tuyacn.com/");
    }

    @Test
    void build_onlyKeyGiven_usesBothFromTheFile() throws IOException {
        use(TuyaCloud.builder()
                .endpoint(fake.endpoint())
                .clock(time)
                .apiKey("anotherKey")
                .configFile(file("eu", "")));

        assertThat(cloud.getStatus(DemoWorld.PLUG).dataPoints()).isNotEmpty();
    }

    @Test
    void build_apiDeviceIdInFile_listsThatOwnersDevices() throws IOException {
        use(TuyaCloud.builder().endpoint(fake.endpoint()).clock(time).configFile(file("eu", DemoWorld.OFFLINE_PLUG)));

        assertThat(cloud.getDevices()).hasSize(1);
    }

    @Test
    void build_apiDeviceIdGiven_winsOverFile() throws IOException {
        use(TuyaCloud.builder()
                .endpoint(fake.endpoint())
                .clock(time)
                .configFile(file("eu", DemoWorld.OFFLINE_PLUG))
                .apiDeviceId(DemoWorld.PLUG));

        assertThat(cloud.getDevices()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " , "})
    void build_blankApiDeviceIdInFile_listsAllLinkedAccounts(String blank) throws IOException {
        use(TuyaCloud.builder().endpoint(fake.endpoint()).clock(time).configFile(file("eu", blank)));

        assertThat(cloud.getDevices()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apiKey", "apiSecret"})
    void build_missingInFile_namesFileAndKey(String missing) throws IOException {
        Path file = PrivateFile.write(
                folder.resolve("tinytuya.json"),
                "{\"apiKey\":\"k\",\"apiSecret\":\"TOP-SECRET\"}".replace(missing, "_" + missing));

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> new TuyaCloud(file))
                .withMessageContaining("Reading " + file)
                .withMessageContaining("\"" + missing + "\" is missing. Copy it from the project's overview")
                .withMessageNotContaining("TOP-SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k\\u00e4y", "a b", "a\\nb"})
    void build_keyWithIllegalCharacters_namesIt(String key) throws IOException {
        Path file =
                PrivateFile.write(folder.resolve("tinytuya.json"), "{\"apiKey\":\"" + key + "\",\"apiSecret\":\"s\"}");

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> new TuyaCloud(file))
                .withMessageContaining("apiKey contains characters that an HTTP header cannot carry: copy it again");
    }

    @Test
    void build_missingFile_isATuyaException() {
        assertThatExceptionOfType(TuyaException.class)
                .isThrownBy(() -> new TuyaCloud(folder.resolve("nowhere.json")))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(-1);
                    assertThat(e.httpStatus()).isEqualTo(-1);
                    assertThat(e.attempts()).isZero();
                    assertThat(e.retryable()).isFalse();
                });
    }

    @Test
    void build_namedFileInvalid_throwsEvenWithArguments() throws IOException {
        Path file = file("xx", "");

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> client().configFile(file).build())
                .withMessageContaining("Unknown region \"xx\"");
    }

    @Test
    void build_regionAsEnum_isUsed() {
        use(client().region(Region.IN));

        assertThat(cloud.getDevices().get(0).icon()).startsWith("https://images.tuyain.com/");
    }

    private Path file(String region, String apiDeviceId) throws IOException {
        String json = "{\"apiKey\":\"" + fake.apiKey() + "\",\"apiSecret\":\"" + fake.apiSecret()
                + "\",\"apiDeviceID\":\"" + apiDeviceId + "\""
                + (region == null ? "" : ",\"apiRegion\":\"" + region + "\"") + "}";
        return PrivateFile.write(folder.resolve("tinytuya.json"), json);
    }
}
