package io.github.tuyacloud.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeCommand;
import io.github.tuyacloud.fake.FakeDataPoint;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeProduct;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.AccessMode;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.DescribedValue;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.ThingSpec;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the map of all data points that is merged from three descriptions. */
class FullMappingTest extends FakeCloudTest {

    private static final String SPECIFICATIONS = "/v1.1/devices/{id}/specifications";
    private static final String MODEL = "/v2.0/cloud/thing/{id}/model";
    private static final String PROPERTIES = "/v2.0/cloud/thing/{id}/shadow/properties";

    @Test
    void fullMapping_customDataPoints_areAddedToTheStandardOnes() {
        DpMapping mapping = cloud.things().fullMapping(DemoWorld.LAMP);

        assertThat(sent())
                .containsExactlyInAnyOrder(
                        "GET /v1.1/devices/" + DemoWorld.LAMP + "/specifications",
                        "GET /v2.0/cloud/thing/" + DemoWorld.LAMP + "/model",
                        "GET /v2.0/cloud/thing/" + DemoWorld.LAMP + "/shadow/properties");
        assertThat(mapping.dps().keySet()).containsExactly("20", "21", "22", "23", "24", "101");
        DataPointSpec nightLight = mapping.dps().get("101");
        assertThat(nightLight.code()).isEqualTo("night_light");
        assertThat(nightLight.dpId()).isEqualTo(101);
        assertThat(nightLight.type()).isEqualTo("Enum");
        assertThat(nightLight.enumRange()).containsExactly("off", "dim", "bright");
        assertThat(nightLight.accessMode()).isEqualTo(AccessMode.READ_WRITE);
        // The thing model declares the color as text: the standard entry wins, with the name from the model.
        assertThat(mapping.dps().get("24").type()).isEqualTo("Json");
        assertThat(mapping.dps().get("24").name()).isEqualTo("colour data v2");
    }

    @Test
    void fullMapping_threeRequests_areConcurrent() {
        cloud.getStatus(DemoWorld.LAMP);
        for (String template : List.of(SPECIFICATIONS, MODEL, PROPERTIES)) {
            fake.on("GET", template).fail(Fault.delay(Duration.ofMillis(400)));
        }
        long start = System.nanoTime();

        cloud.things().fullMapping(DemoWorld.LAMP);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_100));
    }

    @Test
    void fullMapping_withoutStandardSet_hasTheCustomDataPoints() {
        FakeProduct product = FakeProduct.of(
                "ventfake0009",
                "Ventilator",
                "fs",
                FakeDataPoint.integer("speed", 2, "c", 0, 40, 1).custom(),
                FakeDataPoint.bitmap("fault", 102, "hot", "stuck").custom().readOnly(),
                FakeDataPoint.bool("swing", 1).custom(),
                FakeDataPoint.raw("plan", 103).custom());
        fake.addDevice(FakeDevice.builder("bfventilator", product).build());

        DpMapping mapping = cloud.things().fullMapping("bfventilator");

        assertThat(fake.requests()).anyMatch(request -> request.code() == 2009);
        assertThat(mapping.dps().values())
                .extracting(spec -> String.valueOf(spec.dpId()), DataPointSpec::code, DataPointSpec::type)
                .containsExactly(
                        tuple("1", "swing", "Boolean"),
                        tuple("2", "speed", "Integer"),
                        tuple("102", "fault", "Bitmap"),
                        tuple("103", "plan", "Raw"));
        assertThat(mapping.dps().get("2").valueRange().orElseThrow().unit()).isEqualTo("°C");
        assertThat(mapping.dps().get("102").bitmapLabels()).containsExactly("hot", "stuck");
        assertThat(mapping.dps().get("102").accessMode()).isEqualTo(AccessMode.READ_ONLY);
    }

    @Test
    void fullMapping_deviceWithoutDataPoints_isEmpty() {
        assertThat(cloud.things().fullMapping(DemoWorld.GATEWAY).dps()).isEmpty();
    }

    @Test
    void fullMapping_partialDescriptions_areMerged() {
        specifications(
                List.of(Map.of("code", "bright_value", "type", "Integer", "values", "{\"min\":0}", "dp_id", 3)),
                List.of());
        model(
                "{\"code\":\"alarm\",\"typeSpec\":{\"type\":\"struct\",\"properties\":{}},\"accessMode\":\"xx\"}",
                "{\"code\":\"bright\",\"abilityId\":3,\"typeSpec\":{\"type\":\"value\"},\"accessMode\":\"ro\"}",
                "{\"code\":\"born\",\"abilityId\":9,\"typeSpec\":{\"type\":\"date\"}}",
                "{\"description\":\"neither code nor id\"}");
        properties(
                Map.of("code", "alarm", "dp_id", 7, "value", "{}"),
                Map.of("code", "secret_thing", "dp_id", 8, "type", "value", "value", 5, "custom_name", "Mine"),
                Map.of("code", "nameless", "value", 1));

        DpMapping mapping = cloud.things().fullMapping(DemoWorld.LAMP);

        assertThat(mapping.dps().keySet()).containsExactly("3", "7", "8", "9", "nameless");
        assertThat(mapping.dps().get("3").code()).isEqualTo("bright_value");
        // The standard specification accepts commands for it, whatever the model says.
        assertThat(mapping.dps().get("3").accessMode()).isNull();
        assertThat(Command.checked(mapping, "bright_value", 5).value()).isEqualTo(5);
        assertThat(mapping.dps().get("7").type()).isEqualTo("Json");
        assertThat(mapping.dps().get("7").dpId()).isEqualTo(7);
        assertThat(mapping.dps().get("7").extra()).containsEntry("accessMode", "xx");
        assertThat(mapping.dps().get("8").type()).isEqualTo("Integer");
        assertThat(mapping.dps().get("8").name()).isEqualTo("Mine");
        assertThat(mapping.dps().get("9").type()).isEqualTo("date");
        assertThat(mapping.dps().get("nameless").type()).isNull();
    }

    @Test
    void fullMapping_propertiesUnderAnotherCode_areDescribedByTheirDpId() {
        specifications(
                List.of(),
                List.of(Map.of(
                        "code",
                        "cur_voltage",
                        "type",
                        "Integer",
                        "values",
                        "{\"unit\":\"V\",\"scale\":1}",
                        "dp_id",
                        20)));
        model();
        properties(Map.of("code", "voltage_a", "dp_id", 20, "value", 2230));

        assertThat(cloud.things()
                        .properties(DemoWorld.PLUG)
                        .status()
                        .describe(cloud.things().fullMapping(DemoWorld.PLUG))
                        .toString())
                .isEqualTo("[voltage_a (20): 223.0 V]");
    }

    @Test
    void fullMapping_twoCodesForOneDataPoint_knowsBoth() {
        DpMapping mapping = airConditioner();

        assertThat(mapping.dps().keySet()).containsExactly("1", "5", "7");
        assertThat(mapping.dps().get("1").code()).isEqualTo("switch");
        assertThat(mapping.dps().get("1").thing()).isEqualTo(new ThingSpec("Running", null, null));
        assertThat(mapping.dps().get("1").extra()).isEmpty();
        assertThat(mapping.dps().get("7").thing()).isNull();
        assertThat(mapping.find("Running")).hasValueSatisfying(spec -> {
            assertThat(spec.code()).isEqualTo("Running");
            assertThat(spec.dpId()).isEqualTo(1);
            assertThat(spec.type()).isEqualTo("Boolean");
            assertThat(spec.accessMode()).isNotNull();
            assertThat(spec.thing()).isNull();
            assertThat(spec.extra()).isEmpty();
        });
        assertThat(DpMapping.fromMap(mapping.asMap()).find("blow")).isEqualTo(mapping.find("blow"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.checked(mapping, "power", true))
                .withMessageEndingWith("only switch, Running, fan_speed, blow, swing");
    }

    @Test
    void fullMapping_twoCodesForOneDataPoint_checksEachByItsOwnRules() {
        DpMapping mapping = airConditioner();

        assertThat(cloud.things()
                        .setProperties(
                                "bfcooler",
                                Command.checked(mapping, "Running", true),
                                Command.checked(mapping, "blow", "2"),
                                Command.scaled(mapping, "swing", 4.5)))
                .isTrue();

        assertThat(fake.commands("bfcooler"))
                .extracting(FakeCommand::code, FakeCommand::value)
                .containsExactly(tuple("Running", true), tuple("blow", "2"), tuple("swing", 45L));
        assertThat(Command.checked(mapping, "switch", true)).isEqualTo(Command.of("switch", true));
        assertThat(Command.checked(mapping, "fan_speed", "low").code()).isEqualTo("fan_speed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.checked(mapping, "fan_speed", "2"))
                .withMessage("fan_speed takes one of low, high, not \"2\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.checked(mapping, "blow", "low"))
                .withMessage("blow takes one of 1, 2, not \"low\"");
    }

    @Test
    void fullMapping_twoCodesForOneDataPoint_describesEachUnderTheCodeReported() {
        DpMapping mapping = airConditioner();

        assertThat(cloud.things().properties("bfcooler").status().describe(mapping))
                .extracting(DescribedValue::toString)
                .containsExactly("Running (1): false", "blow (5): 1", "swing (7): 0.0 °");
        assertThat(new DataPoint("switch", true).describe(mapping)).hasToString("switch (1): true");
        assertThat(new DataPoint("Running", true).describe(mapping)).hasToString("Running (1): true");
        assertThat(new DataPoint("blow", "low").describe(mapping).fits()).isFalse();
        assertThat(new DataPoint("fan_speed", "low").describe(mapping).fits()).isTrue();
    }

    @Test
    void fullMapping_propertyMissingInTheModel_hasTheStandardValues() {
        specifications(
                List.of(Map.of("code", "level", "type", "Integer", "values", "{\"min\":0,\"max\":9}", "dp_id", 3)),
                List.of());
        model();
        properties(Map.of("code", "height", "dp_id", 3, "type", "value", "value", 1));

        DpMapping mapping = cloud.things().fullMapping(DemoWorld.LAMP);

        assertThat(Command.checked(mapping, "height", 9)).isEqualTo(Command.of("height", 9));
        assertThatIllegalArgumentException().isThrownBy(() -> Command.checked(mapping, "height", 10));
        assertThat(mapping.dps().get("3").thing()).isEqualTo(new ThingSpec("height", null, null));
        assertThat(mapping.dps().get("3").extra()).isEmpty();
    }

    @Test
    void fullMapping_reportedOnlyByTheStandard_usesTheModelsAccessMode() {
        specifications(
                List.of(standard("switch", 1)),
                List.of(standard("switch", 1), standard("child_lock", 2), standard("light", 3), standard("dry", 4)));
        model(
                "{\"code\":\"child_lock\",\"abilityId\":2,\"typeSpec\":{\"type\":\"bool\"},\"accessMode\":\"rw\"}",
                "{\"code\":\"light\",\"abilityId\":3,\"typeSpec\":{\"type\":\"bool\"},\"accessMode\":\"ro\"}");
        properties();

        DpMapping mapping = cloud.things().fullMapping(DemoWorld.LAMP);

        assertThat(Command.checked(mapping, "child_lock", true).value()).isEqualTo(true);
        assertThatIllegalArgumentException().isThrownBy(() -> Command.checked(mapping, "light", true));
        assertThatIllegalArgumentException().isThrownBy(() -> Command.checked(mapping, "dry", true));
    }

    static Stream<Fault> withoutModel() {
        Map<String, Object> none = new HashMap<>();
        none.put("model", null);
        return Stream.of(
                Fault.code(40000903, "modelId not exist"), Fault.result(Map.of("model", "")), Fault.result(none));
    }

    @ParameterizedTest
    @MethodSource("withoutModel")
    void fullMapping_deviceWithoutModel_hasTheOtherDataPoints(Fault fault) {
        fake.on("GET", MODEL).fail(fault);

        DpMapping mapping = cloud.things().fullMapping(DemoWorld.LAMP);

        assertThat(mapping.dps().keySet()).containsExactly("20", "21", "22", "23", "24", "101");
        assertThat(mapping.dps().get("101").type()).isEqualTo("Enum");
        assertThatExceptionOfType(TuyaException.class)
                .isThrownBy(() -> cloud.things().model(DemoWorld.LAMP));
    }

    @Test
    void fullMapping_oneCallRefused_isRefused() {
        fake.on("GET", MODEL).fail(Fault.code(40001900, "No space permission"));

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.things().fullMapping(DemoWorld.LAMP))
                .satisfies(e -> assertThat(e.code()).isEqualTo(40001900));
    }

    @Test
    void fullMapping_2009AboutTheClientId_isRefused() {
        fake.on("GET", SPECIFICATIONS).fail(Fault.code(2009, "clientId is invalid"));

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.things().fullMapping(DemoWorld.LAMP));
    }

    /** The thing model has other codes for two of its three data points, and other values for one. */
    private DpMapping airConditioner() {
        FakeProduct product = FakeProduct.of(
                "coolerfake12",
                "Cooler",
                "kt",
                FakeDataPoint.bool("Running", 1),
                FakeDataPoint.enumeration("blow", 5, "1", "2"),
                FakeDataPoint.integer("swing", 7, "°", 0, 90, 1));
        fake.addDevice(FakeDevice.builder("bfcooler", product).build());
        List<Map<String, Object>> specification = List.of(
                standard("switch", 1),
                Map.of("code", "fan_speed", "type", "Enum", "values", "{\"range\":[\"low\",\"high\"]}", "dp_id", 5));
        specifications(specification, specification);
        return cloud.things().fullMapping("bfcooler");
    }

    private static Map<String, Object> standard(String code, int dpId) {
        return Map.of("code", code, "type", "Boolean", "values", "{}", "dp_id", dpId);
    }

    private void specifications(List<?> functions, List<?> status) {
        fake.on("GET", SPECIFICATIONS)
                .fail(Fault.result(Map.of("category", "dj", "functions", functions, "status", status)));
    }

    private void model(String... properties) {
        String model = "{\"modelId\":\"m\",\"services\":[{\"code\":\"\",\"properties\":[" + String.join(",", properties)
                + "]}]}";
        fake.on("GET", MODEL).fail(Fault.result(Map.of("model", model)));
    }

    private void properties(Map<?, ?>... properties) {
        fake.on("GET", PROPERTIES).fail(Fault.result(Map.of("properties", List.of(properties))));
    }
}
