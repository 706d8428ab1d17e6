package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.DevicesFile;
import io.github.tuyacloud.exception.TuyaConfigException;
import io.github.tuyacloud.model.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a devices.json is written with tinytuya's keys, whole or not at all, and for its owner only. */
class DevicesFileWriteTest {

    @TempDir
    Path folder;

    @Test
    void write_minimalDevice_hasTheFourRequiredKeys() throws IOException {
        JsonNode entry = written(Device.fromMap(Map.of("id", "bf01"))).get(0);

        assertThat(entry.fieldNames()).toIterable().containsExactly("name", "id", "key", "mac");
        assertThat(entry.toString()).isEqualTo("{\"name\":\"\",\"id\":\"bf01\",\"key\":\"\",\"mac\":\"\"}");
    }

    @Test
    void write_deviceOfTheCloud_hasExactlyTinytuyasKeys() throws IOException {
        Map<String, Object> fields = new HashMap<>();
        Stream.of(
                        "id",
                        "name",
                        "local_key",
                        "mac",
                        "uuid",
                        "sn",
                        "category",
                        "product_name",
                        "product_id",
                        "model",
                        "icon",
                        "local_ip",
                        "version",
                        "last_ip",
                        "node_id",
                        "gateway_id",
                        "ip",
                        "uid",
                        "lat",
                        "lon",
                        "time_zone",
                        "category_name",
                        "unknown")
                .forEach(name -> fields.put(name, "the " + name));
        fields.put("biz_type", 0);
        fields.put("sub", true);
        fields.put("online", true);
        fields.put("status", List.of());
        fields.put("mapping", Map.of());

        JsonNode entry = written(Device.fromMap(fields)).get(0);

        assertThat(entry.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
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
        assertThat(entry.get("key").asText()).isEqualTo("the local_key");
        assertThat(entry.get("ip").asText()).isEqualTo("the local_ip");
        assertThat(entry.get("parent").asText()).isEqualTo("the gateway_id");
        assertThat(entry.get("sub").isBoolean()).isTrue();
        assertThat(entry.get("biz_type").isInt()).isTrue();
    }

    @Test
    void write_noDevices_isAnEmptyList() throws IOException {
        assertThat(written().toString()).isEqualTo("[]");
    }

    @Test
    void write_nonAsciiName_isUtf8() throws IOException {
        written(Device.fromMap(Map.of("id", "bf01", "name", "Küche 灯")));

        assertThat(Files.readString(file())).contains("Küche 灯");
    }

    @Test
    void write_anyDevices_isReadBackEqual() throws IOException {
        List<Device> devices = read("""
                [{"name":"Plug","id":"bf01","key":"k","mac":"m","uuid":"u","sn":"s","category":"cz","product_name":"P",
                  "product_id":"p","biz_type":18,"model":"M","sub":true,"icon":"https://x/i.png","ip":"1.2.3.4",
                  "version":"3.5","last_ip":"1.2.3.5","node_id":"n","gateway_id":"g","parent":"g","mapping":{
                  "1":{"code":"switch_1","type":"Boolean","values":{}},
                  "24":{"code":"colour","type":"Json","raw_values":"{\\"h\\":{\\"max\\":360},\\"a\\":1}",
                        "values":{"h":{"max":360},"a":1}},
                  "25":{"code":"scene","type":"String","values":"{\\"maxlen\\":255}"},
                  "26":{"code":"volt","type":"Integer","values":{"unit":"V","min":0,"max":5000,"scale":1}}}}]""");
        Path copy = folder.resolve("copy.json");

        DevicesFile.write(copy, devices);

        assertThat(DevicesFile.read(copy)).isEqualTo(devices);
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(copy.toFile())).isEqualTo(mapper.readTree(file().toFile()));
    }

    @Test
    void read_mappingWithRawValues_keepsTheCloudsText() throws IOException {
        Device device = read("""
                        [{"id":"a","mapping":{"24":{"code":"colour","type":"Json","values":{"b":1,"a":2},
                          "raw_values":"{\\"b\\":1, \\"a\\":2}"}}}]""").get(0);

        assertThat(device.mapping().dps().get("24").values()).isEqualTo("{\"b\":1, \"a\":2}");
        assertThat(device.mapping().dps().get("24").dpId()).isEqualTo(24);
        assertThat(written(device).at("/0/mapping/24/raw_values").asText()).isEqualTo("{\"b\":1, \"a\":2}");
    }

    @Test
    void write_newFile_isPrivateToItsOwner() throws IOException {
        DevicesFile.write(file(), List.of());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void write_existingPublicFile_becomesPrivate() throws IOException {
        Files.createFile(file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        DevicesFile.write(file(), List.of());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void write_symbolicLink_replacesItsTarget() throws IOException {
        Path target = Files.writeString(folder.resolve("target.json"), "[]");
        Path link = Files.createSymbolicLink(file(), target);

        DevicesFile.write(link, List.of(Device.fromMap(Map.of("id", "bf01"))));

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(DevicesFile.read(target)).hasSize(1);
    }

    @Test
    void write_valueNotSerializable_keepsTheExistingFile() throws IOException {
        DevicesFile.write(file(), List.of(Device.fromMap(Map.of("id", "bf01"))));
        Device bad = Device.fromMap(Map.of("id", "bf02", "mapping", new Object()));

        assertThatExceptionOfType(TuyaConfigException.class).isThrownBy(() -> DevicesFile.write(file(), List.of(bad)));

        assertThat(DevicesFile.read(file())).extracting(Device::id).containsExactly("bf01");
        assertNothingLeftOver();
    }

    @Test
    void write_manyTimes_leavesOneFile() throws IOException {
        for (int i = 0; i < 5; i++) {
            DevicesFile.write(file(), List.of(Device.fromMap(Map.of("id", "bf0" + i))));
        }

        assertThat(DevicesFile.read(file())).extracting(Device::id).containsExactly("bf04");
        assertNothingLeftOver();
    }

    @Test
    void write_missingFolder_advisesToCheckTheFolder() {
        Path file = folder.resolve("nowhere/devices.json");

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> DevicesFile.write(file, List.of()))
                .withMessageContaining("Writing " + file)
                .withMessageContaining("there is no such folder. Check that its folder exists and is yours");
    }

    @Test
    void write_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> DevicesFile.write(null, List.of()));
        assertThatNullPointerException().isThrownBy(() -> DevicesFile.write(file(), null));
    }

    private void assertNothingLeftOver() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    private Path file() {
        return folder.resolve("devices.json");
    }

    private List<Device> read(String content) throws IOException {
        return DevicesFile.read(Files.writeString(file(), content));
    }

    private JsonNode written(Device... devices) throws IOException {
        DevicesFile.write(file(), List.of(devices));
        return new ObjectMapper().readTree(file().toFile());
    }
}
