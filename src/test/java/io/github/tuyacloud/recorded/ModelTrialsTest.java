package io.github.tuyacloud.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.DevicesFile;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.DataPointType;
import io.github.tuyacloud.model.DescribedValue;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.EventType;
import io.github.tuyacloud.model.LogEntry;
import io.github.tuyacloud.model.ThingProperties;
import io.github.tuyacloud.support.ScriptedCloud;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reads responses and files that users of the real cloud reported, and checks the resulting objects.
 *
 * <p>They are not part of the project: the system property {@code trials} names their folder.
 */
class ModelTrialsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ID = "bf0trials";

    private Path folder;

    @BeforeEach
    void findFolder() {
        String name = System.getProperty("trials");
        assumeTrue(name != null, "no reported responses to read: name their folder with -Dtrials=DIR");
        folder = Path.of(name);
    }

    @Test
    void infraredAirConditioner_numberedEnums_areReadAndChecked() throws IOException {
        String specification = Files.readString(file("01_infrared_ac_specification"));
        String status = Files.readString(file("01_infrared_ac_status"));
        try (ScriptedCloud server = new ScriptedCloud()
                        .response("/v1.1/devices/" + ID + "/specifications", specification)
                        .response("/v1.0/iot-03/devices/" + ID + "/status", status);
                TuyaCloud cloud = server.client().build()) {
            DpMapping mapping = cloud.getMapping("p1", ID).orElseThrow();

            assertThat(mapping.find("T").orElseThrow().dataType()).isEqualTo(DataPointType.INTEGER);
            assertThat(Command.checked(mapping, "T", 24).value()).isEqualTo(24);
            assertThat(Command.scaled(mapping, "T", 24).value()).isEqualTo(24L);
            assertThatIllegalArgumentException().isThrownBy(() -> Command.checked(mapping, "T", 99));
            List<DescribedValue> described = cloud.getStatus(ID).describe(mapping);
            assertThat(described).allMatch(DescribedValue::fits);
            assertThat(described.get(2).number()).isEqualTo(new BigDecimal(19));
        }
    }

    @Test
    void values_outsideTheSpecification_areShownAndDoNotFit() throws IOException {
        assertThat(describe("17_enum_and_integer_outside_spec"))
                .extracting(DescribedValue::toString)
                .containsExactly(
                        "air_quality (21): moderate - not among the values of the mapping",
                        "add_ele (17): 97.697 kW·h - not among the values of the mapping",
                        "status (15): cooking - not among the values of the mapping");
    }

    @Test
    void bounds_asTexts_areNumbers() throws IOException {
        assertThat(describe("21_bounds_as_texts")).hasToString("[temp_set (2): 22 °C]");
        assertThat(Command.checked(mapping("21_bounds_as_texts"), "temp_set", 31)
                        .value())
                .isEqualTo(31);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.checked(mapping("21_bounds_as_texts"), "temp_set", 32));
    }

    @Test
    void integer_withScaleAndStep_isScaled() throws IOException {
        assertThat(describe("22_scale_and_step")).hasToString("[temp_set (2): 5.0 °C]");
        assertThat(Command.scaled(mapping("22_scale_and_step"), "temp_set", 5.5).value())
                .isEqualTo(55L);
    }

    @Test
    void json_neverSet_hasNoValue() {
        DpMapping mapping = DpMapping.of(DeviceSpecification.fromMap(
                Map.of("functions", List.of(Map.of("code", "control_data", "type", "Json", "values", "{}")))));

        assertThat(DataPoint.fromMap(Map.of("code", "control_data", "value", ""))
                        .describe(mapping))
                .hasToString("control_data: no value");
    }

    @Test
    void properties_rawWithoutValue_haveNoValue() throws IOException {
        ThingProperties properties = ThingProperties.fromMap(
                object(read("24_properties_raw_without_value").get("result")));

        assertThat(properties.properties()).hasSize(4);
        assertThat(properties.find("colour_data_raw").orElseThrow().value()).isNull();
    }

    @Test
    void devicesFile_underAKey_isRead() throws IOException {
        List<Device> devices = DevicesFile.read(file("36_devices_under_key"));

        assertThat(devices).extracting(Device::name).containsExactly("Kitchen \"left\"", "Küche 💡");
        assertThat(devices.get(0).key()).isEqualTo(".q9<{0I}Z*zr$jK'");
        assertThat(devices.get(0).version()).isEqualTo("3.4");
        assertThat(devices.get(1).ip()).isNull();
        assertThat(devices.get(1).version()).isNull();
        assertThat(DevicesFile.read(file("41_old_devices_json_without_model")))
                .extracting(Device::model)
                .containsOnlyNulls();
    }

    @Test
    void log_values_areTexts() throws IOException {
        try (ScriptedCloud server = new ScriptedCloud()
                        .response("/v1.0/devices/" + ID + "/logs", Files.readString(file("40_log_values")));
                TuyaCloud cloud = server.client().build()) {
            DeviceLog log = cloud.getDeviceLog(ID);

            assertThat(log.hasNext()).isFalse();
            assertThat(log.logs()).extracting(LogEntry::value).containsExactly("3", "CWkAARgAACo=", null, "0.0");
            assertThat(log.logs().get(2).eventType()).isEqualTo(EventType.ONLINE);
        }
    }

    private List<DescribedValue> describe(String name) throws IOException {
        DpMapping mapping = mapping(name);
        return ((List<?>) read(name).get("status"))
                .stream()
                        .map(value -> DataPoint.fromMap(object(value)))
                        .map(dataPoint -> dataPoint.describe(mapping))
                        .toList();
    }

    private DpMapping mapping(String name) throws IOException {
        return DpMapping.of(DeviceSpecification.fromMap(object(read(name).get("specification"))));
    }

    private Map<String, Object> read(String name) throws IOException {
        return object(MAPPER.readValue(file(name).toFile(), Object.class));
    }

    private static Map<String, Object> object(Object value) {
        return Objects.requireNonNull(JsonValues.object(value));
    }

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }
}
