package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.tuyacloud.DevicesFile;
import io.github.tuyacloud.exception.TuyaConfigException;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.support.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that tinytuya's devices.json is read in both its forms, and that errors say what is wrong. */
class DevicesFileTest {

    @TempDir
    Path folder;

    @Test
    void read_flatList_returnsItsDevices() throws IOException {
        List<Device> devices = read("""
                [{"name":"Plug","id":"bf01","key":"0123456789abcdef","mac":"fc:67:1f:7d:b8:c4","ip":"192.168.1.7",
                  "version":"3.3","product_id":"p1","sub":false,"parent":"bf09","mapping":
                  {"1":{"code":"switch_1","type":"Boolean","values":{}}}},
                 {"id":"bf02"}]""");

        assertThat(devices).hasSize(2);
        Device plug = devices.get(0);
        assertThat(plug.name()).isEqualTo("Plug");
        assertThat(plug.key()).isEqualTo("0123456789abcdef");
        assertThat(plug.mac()).isEqualTo("fc:67:1f:7d:b8:c4");
        assertThat(plug.ip()).isEqualTo("192.168.1.7");
        assertThat(plug.publicIp()).isNull();
        assertThat(plug.version()).isEqualTo("3.3");
        assertThat(plug.gatewayId()).isEqualTo("bf09");
        assertThat(plug.mapping().dps()).containsOnlyKeys("1");
        assertThat(devices.get(1)).isEqualTo(Device.fromMap(Map.of("id", "bf02")));
    }

    @Test
    void read_listUnderDevices_returnsItsDevices() throws IOException {
        assertThat(read("{\"timestamp\":1,\"devices\":[{\"id\":\"bf01\"},{\"id\":\"bf02\"}]}"))
                .extracting(Device::id)
                .containsExactly("bf01", "bf02");
    }

    @Test
    void read_scanSnapshot_hasAddressAndVersion() throws IOException {
        List<Device> devices = read("""
                {"timestamp":1700000000.5,"devices":[
                 {"name":"Plug","id":"bf01","key":"0123456789abcdef","ip":"192.168.1.7","ver":"3.4","mac":"",
                  "dps":{"devId":"bf01","dps":{"1":true}}},
                 {"name":"Away","id":"bf02","key":"","ip":0,"ver":0},
                 {"name":"Known","id":"bf03","ip":0,"ver":0,"version":"3.3","last_ip":"192.168.1.9"}]}""");

        assertThat(devices.get(0).ip()).isEqualTo("192.168.1.7");
        assertThat(devices.get(0).version()).isEqualTo("3.4");
        assertThat(devices.get(0).extra()).containsOnlyKeys("dps");
        assertThat(devices.get(1)).isEqualTo(Device.fromMap(Map.of("id", "bf02", "name", "Away")));
        assertThat(devices.get(2).version()).isEqualTo("3.3");
        assertThat(devices.get(2).ip()).isNull();
    }

    @Test
    void read_responseOfTheCloud_keepsItsNames() throws IOException {
        Device plug = read("""
                        {"result":[{"id":"bf01","name":"Plug","local_key":"0123456789abcdef","ip":"203.0.113.5","online":true,
                          "status":[{"code":"switch_1","value":true}],
                          "mapping":{"1":{"code":"switch_1","type":"Boolean","values":{}}}}],
                         "success":true,"t":1700000000000,"tid":"x","file":{"name":"tuya-raw.json"}}""").get(0);

        assertThat(plug.key()).isEqualTo("0123456789abcdef");
        assertThat(plug.publicIp()).isEqualTo("203.0.113.5");
        assertThat(plug.ip()).isNull();
        assertThat(plug.online()).isTrue();
        assertThat(plug.status()).hasSize(1);
        assertThat(plug.mapping().dps()).containsOnlyKeys("1");
    }

    @ParameterizedTest
    @CsvSource({"key", "local_key"})
    void read_keyUnderEitherName_isTheLocalKey(String name) throws IOException {
        assertThat(read("[{\"id\":\"bf01\",\"" + name + "\":\"abc\"}]").get(0).key())
                .isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource({"key, local_key", "local_key, key"})
    void read_emptyKeyAndTheOtherName_isNotAKey(String empty, String full) throws IOException {
        assertThat(read("[{\"id\":\"a\",\"" + empty + "\":\"\",\"" + full + "\":\"abc\"}]")
                        .get(0)
                        .key())
                .isEqualTo("abc");
        assertThat(read("[{\"id\":\"a\",\"" + full + "\":\"abc\",\"" + empty + "\":\"\"}]")
                        .get(0)
                        .key())
                .isEqualTo("abc");
    }

    @Test
    void read_emptyNameKeyOrMac_isUnknown() throws IOException {
        assertThat(read("[{\"id\":\"bf01\",\"name\":\"\",\"key\":\"\",\"mac\":\"\",\"model\":\"\"}]"))
                .containsExactly(Device.fromMap(Map.of("id", "bf01", "model", "")));
    }

    @Test
    void read_byteOrderMarkAndEmptyList_areAccepted() throws IOException {
        assertThat(read("\uFEFF[]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"devices", "result"})
    void read_entriesWithoutId_areSkippedWithAWarning(String name) throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            List<Device> devices =
                    read("{\"" + name + "\":[{\"name\":\"x\"},{\"id\":\"bf01\"},5,{\"id\":\"\"},{\"id\":\"bf02\"}]}");

            assertThat(devices).extracting(Device::id).containsExactly("bf01", "bf02");
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .endsWith("Skipped 3 entries of " + file() + " without an id; remaining: 2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|a list of devices, or an object with such a list under \"devices\" or \"result\"",
                "{\"result\":{},\"success\":true}|a response of the cloud without a list of devices under \"result\"",
                "{\"result\":[{\"name\":\"x\"}]}|no entry of its list has an \"id\"",
                "5|a list of devices",
                "{\"devices\":{}}|a list of devices",
                "[5]|no entry of its list has an \"id\"",
                "[{\"id\":\" \"}]|no entry of its list has an \"id\"",
                "[{\"id\":\"a\",\"key\":\"TOP-SECRET\"|not valid JSON at line 1, column",
                "''|it is empty"
            })
    void read_malformedContent_isExplainedWithoutQuotes(String content, String message) {
        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> read(content))
                .withMessageContaining("Reading " + file())
                .withMessageContaining(message)
                .withMessageNotContaining("TOP-SECRET");
    }

    @Test
    void read_missingFile_namesThePath() {
        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> DevicesFile.read(file()))
                .withMessageContaining("there is no such file (looked for " + file().toAbsolutePath() + ")");
    }

    @Test
    void read_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> DevicesFile.read(null));
    }

    private Path file() {
        return folder.resolve("devices.json");
    }

    private List<Device> read(String content) throws IOException {
        return DevicesFile.read(Files.writeString(file(), content));
    }
}
