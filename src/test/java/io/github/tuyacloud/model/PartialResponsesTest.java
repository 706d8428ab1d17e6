package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that responses with missing or oddly spelled members are read as far as possible. */
class PartialResponsesTest {

    private static final String FAN_RANGE = "{\"min\":1,\"max\":5,\"scale\":0,\"step\":1,\"type\":\"Integer\"}";

    /** An infrared fan: an Enum whose values are a range of numbers. */
    private static final DpMapping FAN = DpMapping.of(specification(
            spec("speed", null, "ENUM", FAN_RANGE),
            spec("heat", null, "ENUM", "{\"min\":10,\"max\":40,\"scale\":0,\"unit\":\"℃\"}"),
            spec("key", null, "STRING", "key")));

    @Test
    void specification_onlyCategory_isEmpty() {
        DeviceSpecification specification = DeviceSpecification.fromMap(Map.of("category", "qt"));

        assertThat(specification.category()).isEqualTo("qt");
        assertThat(specification.functions()).isEmpty();
        assertThat(specification.status()).isEmpty();
        assertThat(DpMapping.of(specification).dps()).isEmpty();
    }

    @Test
    void lists_null_areEmpty() {
        assertThat(DeviceFunctions.fromMap(of("category", "qt", "functions", null))
                        .functions())
                .isEmpty();
        assertThat(DeviceFunctions.fromMap(of("functions", null)).functions()).isEmpty();
        assertThat(DeviceSpecification.fromMap(of("functions", null, "status", null))
                        .status())
                .isEmpty();
        assertThat(ThingProperties.fromMap(of("properties", null)).properties()).isEmpty();
        assertThat(ThingModel.fromMap(of("modelId", "m1")).services()).isEmpty();
        assertThat(ThingModel.fromMap(of("services", null)).services()).isEmpty();
        assertThat(ThingService.fromMap(of("properties", null, "events", null)).actions())
                .isEmpty();
        assertThat(Scene.fromMap(of("scene_id", "s1", "actions", null)).actions())
                .isEmpty();
    }

    @Test
    void thingResponses_withoutAnyDocumentedMember_areRejected() {
        assertThat(DeviceSpecification.fromMap(Map.of()).functions()).isEmpty();
        assertThat(DeviceFunctions.fromMap(Map.of()).functions()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> ThingModel.fromMap(Map.of("description", "x")));
        assertThatIllegalArgumentException().isThrownBy(() -> ThingProperties.fromMap(Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceSpecification.fromMap(Map.of("category", "qt", "status", "none")))
                .withMessageContaining("\"status\" is not a list");
    }

    @Test
    void mapping_valuesNullOrMissing_isKept() {
        DeviceSpecification specification = DeviceSpecification.fromMap(Map.of(
                "status",
                List.of(
                        of("code", "a", "dp_id", 1, "type", "Boolean", "values", null),
                        of("code", "b", "dp_id", 2, "type", "Integer"),
                        of("code", "c", "dp_id", 3, "type", null, "values", "{}"))));

        DpMapping mapping = DpMapping.of(specification);

        assertThat(mapping.dps()).containsOnlyKeys("1", "2");
        assertThat(mapping.find("a").orElseThrow().values()).isNull();
        assertThat(mapping.asMap().get("1")).isEqualTo(of("code", "a", "type", "Boolean", "values", null));
        assertThat(Command.checked(mapping, "b", 7).value()).isEqualTo(7);
        assertThat(new DataPoint("a", "").describe(mapping).text()).isEqualTo("no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Json", "Boolean", "Enum", "Integer", "Bitmap", "Raw", "date"})
    void describe_emptyText_isValidWithoutAValue(String type) {
        DpMapping mapping = DpMapping.of(specification(
                spec("x", 1, type, "{\"range\":[\"on\"],\"min\":1,\"max\":5,\"label\":[\"l\"],\"maxlen\":1}")));

        DescribedValue described = new DataPoint("x", "").describe(mapping);

        assertThat(described.fits()).isTrue();
        assertThat(described.text()).isEqualTo("no value");
        assertThat(described.number()).isNull();
        assertThat(described.decoded()).isNull();
        assertThat(described.labels()).isEmpty();
        assertThat(described.value()).isEqualTo("");
    }

    @Test
    void describe_emptyTextAsValue_isShown() {
        DpMapping mapping = DpMapping.of(
                specification(spec("label", 1, "String", "{}"), spec("mode", 2, "Enum", "{\"range\":[\"\",\"on\"]}")));

        assertThat(new DataPoint("label", "").describe(mapping).text()).isEmpty();
        assertThat(new DataPoint("mode", "").describe(mapping).text()).isEmpty();
        assertThat(new DataPoint("mode", "").describe(mapping).fits()).isTrue();
    }

    @Test
    void checked_emptyText_isStillRefused() {
        DpMapping mapping = DpMapping.of(specification(spec("mode", 2, "Enum", "{\"range\":[\"on\"]}")));

        assertThatIllegalArgumentException().isThrownBy(() -> Command.checked(mapping, "mode", ""));
    }

    @Test
    void numberedEnum_command_takesNumberOrTextInRange() {
        assertThat(Command.checked(FAN, "speed", 3).value()).isEqualTo(3);
        assertThat(Command.checked(FAN, "speed", "3").value()).isEqualTo("3");
        assertThat(Command.scaled(FAN, "heat", 21).value()).isEqualTo(21L);
        for (Object refused : List.of(6, 0, "6", "high", true)) {
            assertThatIllegalArgumentException()
                    .as("%s", refused)
                    .isThrownBy(() -> Command.checked(FAN, "speed", refused))
                    .withMessageContaining("speed takes whole numbers from 1 to 5");
        }
    }

    @ParameterizedTest
    @CsvSource({"speed, 3, 3, true", "heat, 21, 21 °C, true", "speed, 9, 9, false", "speed, high, high, false"})
    void numberedEnum_report_isReadFromTextAndNumber(String code, String value, String text, boolean fits) {
        DescribedValue described = new DataPoint(code, value).describe(FAN);

        assertThat(described.text()).isEqualTo(text);
        assertThat(described.fits()).isEqualTo(fits);
        if (Character.isDigit(value.charAt(0))) {
            assertThat(described.number()).isEqualTo(new BigDecimal(value));
            assertThat(new DataPoint(code, Long.valueOf(value)).describe(FAN))
                    .returns(text, DescribedValue::text)
                    .returns(fits, DescribedValue::fits);
        }
    }

    @Test
    void numberedEnum_dataType_isInteger() {
        assertThat(FAN.find("speed").orElseThrow().dataType()).isEqualTo(DataPointType.INTEGER);
        assertThat(FAN.find("key").orElseThrow().dataType()).isEqualTo(DataPointType.STRING);
        assertThat(spec("m", 1, "enum", "{\"range\":[\"a\"],\"min\":0}").dataType())
                .isEqualTo(DataPointType.ENUM);
    }

    @Test
    void enum_numberSpellingAChoice_isValid() {
        DpMapping mapping = DpMapping.of(
                specification(spec("level", 1, "Enum", "{\"range\":[\"1\",\"2\"]}"), spec("any", 2, "Enum", "{}")));

        assertThat(new DataPoint("level", 2L).describe(mapping).fits()).isTrue();
        assertThat(new DataPoint("level", 3L).describe(mapping).fits()).isFalse();
        assertThat(Command.checked(mapping, "level", 2).value()).isEqualTo(2);
        assertThat(Command.checked(mapping, "any", 7).value()).isEqualTo(7);
        assertThatIllegalArgumentException().isThrownBy(() -> Command.checked(mapping, "level", 3));
    }

    @Test
    void codesOfDigits_withoutDpId_areCodes() {
        DpMapping mapping = DpMapping.of(specification(
                spec("0", null, "STRING", "0"), spec("1", null, "STRING", "1"), spec("power", 1, "Boolean", "{}")));

        assertThat(mapping.find("0").orElseThrow().dpId()).isNull();
        assertThat(mapping.find("1").orElseThrow().dpId()).isNull();
        assertThat(mapping.find("power").orElseThrow().dpId()).isEqualTo(1);
        assertThat(mapping.dps().get("1").code()).isEqualTo("power");
        assertThat(mapping.dps()).hasSize(3);
        assertThat(Command.checked(mapping, "1", "1").code()).isEqualTo("1");
        assertThat(DpMapping.fromMap(mapping.asMap()).dps()).isEqualTo(mapping.dps());
    }

    @Test
    void codesOfDigits_withDpId_keepBoth() {
        DpMapping mapping = DpMapping.of(
                specification(spec("0", 7, "Boolean", "{}"), spec("7", 0, "Enum", "{}"), spec("9", 9, "Raw", "{}")));

        DpMapping read = DpMapping.fromMap(mapping.asMap());

        assertThat(read.find("0").orElseThrow().dpId()).isEqualTo(7);
        assertThat(read.find("7").orElseThrow().dpId()).isEqualTo(0);
        assertThat(read.find("9").orElseThrow().dpId()).isEqualTo(9);
        assertThat(read.dps()).isEqualTo(mapping.dps());
    }

    @Test
    void describe_dpIdWithTheValue_isNotTakenForACode() {
        DpMapping mapping = DpMapping.of(specification(spec("5", null, "Enum", "{\"range\":[\"a\"]}")));
        DataPoint unknown = DataPoint.fromMap(Map.of("code", "other", "dp_id", 5, "value", true));

        assertThat(unknown.describe(mapping).spec()).isNull();
    }

    @Test
    void times_zeroOrLess_areAbsent() {
        for (Object none : Arrays.asList(0, 0L, "0", -1, null, "")) {
            assertThat(Device.fromMap(of("id", "a", "active_time", none, "create_time", none, "update_time", none)))
                    .as("%s", none)
                    .returns(null, Device::activeTime)
                    .returns(null, Device::createTime)
                    .returns(null, Device::updateTime);
            assertThat(LogEntry.fromMap(of("code", "a", "event_time", none)).eventTime())
                    .as("%s", none)
                    .isNull();
            assertThat(ThingProperty.fromMap(of("code", "a", "time", none)).time())
                    .as("%s", none)
                    .isNull();
        }
        assertThat(ThingProperty.fromMap(of("time", 0)).extra()).isEmpty();
        assertThat(LogEntry.fromMap(of("event_time", "1700000000")).eventTime())
                .isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    }

    @Test
    void bounds_asTexts_areNumbers() {
        DataPointSpec spec =
                spec("t", 2, "Integer", "{\"unit\":\"℃\",\"min\":\"5\",\"max\":\"35\",\"scale\":\"1\",\"step\":\"5\"}");

        assertThat(spec.valueRange().orElseThrow())
                .isEqualTo(new ValueRange(new BigDecimal(5), new BigDecimal(35), new BigDecimal(5), 1, "℃"));
    }

    @Test
    void mapping_blankDpIds_countAsAbsent() {
        DeviceSpecification specification = DeviceSpecification.fromMap(Map.of(
                "functions",
                List.of(
                        of("code", "a", "dp_id", "", "type", "Boolean", "values", "{}"),
                        of("code", "b", "dp_id", " ", "type", "Boolean", "values", "{}"),
                        of("code", "c", "dp_id", null, "type", "Boolean", "values", "{}"))));

        DpMapping mapping = DpMapping.of(specification);

        assertThat(mapping.dps()).containsOnlyKeys("a", "b", "c");
        assertThat(Command.checked(mapping, "b", true).code()).isEqualTo("b");
    }

    @Test
    void lists_nullItems_areSkipped() {
        Map<String, Object> pump = Map.of("code", "pump", "dp_id", 3L, "type", "Boolean", "values", "{}");

        assertThat(DeviceSpecification.fromMap(Map.of("functions", Arrays.asList(null, pump), "status", List.of()))
                        .functions())
                .singleElement()
                .returns("pump", DataPointSpec::code);
        assertThat(ThingProperties.fromMap(of("properties", Arrays.asList(of("code", "a"), null)))
                        .properties())
                .hasSize(1);
    }

    @Test
    void values_encodedTwice_areRead() {
        String twice = "\"{\\\"unit\\\":\\\"bar\\\",\\\"min\\\":0,\\\"max\\\":90,\\\"scale\\\":1}\"";
        DpMapping mapping = DpMapping.of(specification(spec("pressure", 4, "Integer", twice)));

        assertThat(new DataPoint("pressure", 15L).describe(mapping).text()).isEqualTo("1.5 bar");
        assertThat(Command.scaled(mapping, "pressure", 2.5).value()).isEqualTo(25L);
        assertThatIllegalArgumentException().isThrownBy(() -> Command.checked(mapping, "pressure", 91));
    }

    @Test
    void choicesAndLabels_asJsonText_areRead() {
        DataPointSpec mode = spec("mode", 1, "Enum", "{\"range\":\"[\\\"eco\\\",\\\"boost\\\"]\"}");
        DataPointSpec alarm = spec("alarm", 2, "Bitmap", "{\"label\":\"[\\\"leak\\\",\\\"dry\\\"]\",\"maxlen\":2}");

        assertThat(mode.enumRange()).containsExactly("eco", "boost");
        assertThat(alarm.bitmapLabels()).containsExactly("leak", "dry");
        for (String odd : List.of("eco,boost", "", "{}", "7")) {
            assertThat(spec("mode", 1, "Enum", "{\"range\":\"" + odd + "\"}").enumRange())
                    .as(odd)
                    .isEmpty();
        }
    }

    @Test
    void bitmap_blankLabel_isNamedByItsBit() {
        DpMapping mapping =
                DpMapping.of(specification(spec("alarm", 2, "Bitmap", "{\"label\":[\"leak\",\"\",null,\"dry\"]}")));

        assertThat(new DataPoint("alarm", 15L).describe(mapping).text()).isEqualTo("leak, bit 1, bit 2, dry");
    }

    @Test
    void enum_booleanChoices_takeBooleans() {
        DpMapping mapping = DpMapping.of(
                specification(spec("lock", 1, "Enum", "{\"range\":[true,false]}"), spec("any", 2, "Enum", "{}")));

        assertThat(new DataPoint("lock", true).describe(mapping).fits()).isTrue();
        assertThat(new DataPoint("lock", "false").describe(mapping).fits()).isTrue();
        assertThat(Command.checked(mapping, "lock", true).value()).isEqualTo(true);
        assertThatIllegalArgumentException().isThrownBy(() -> Command.checked(mapping, "any", true));
    }

    @Test
    void unit_withBlanks_isStripped() {
        DpMapping mapping = DpMapping.of(specification(
                spec("water", 1, "Integer", "{\"unit\":\" ℃ \",\"scale\":1}"),
                spec("flow", 2, "Integer", "{\"unit\":\" l/h \"}")));

        assertThat(new DataPoint("water", 415L).describe(mapping).text()).isEqualTo("41.5 °C");
        assertThat(new DataPoint("flow", 8L).describe(mapping).text()).isEqualTo("8 l/h");
        assertThat(mapping.asMap().get("1").toString()).contains("unit=°C");
    }

    private static DataPointSpec spec(String code, @Nullable Integer dpId, String type, String values) {
        return new DataPointSpec(code, dpId, type, values);
    }

    private static DeviceSpecification specification(DataPointSpec... functions) {
        return new DeviceSpecification("qt", List.of(functions), List.of(), Map.of());
    }

    private static Map<String, @Nullable Object> of(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }
}
