package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks how a mapping describes the values of a status. */
class DescribeTest {

    private static final DpMapping MAPPING = mapping(
            new DataPointSpec("switch_1", 1, "Boolean", "{}"),
            new DataPointSpec(
                    "cur_voltage", 20, "Integer", "{\"unit\":\"V\",\"min\":0,\"max\":5000,\"scale\":1,\"step\":1}"),
            new DataPointSpec(
                    "countdown", 9, "value", "{\"unit\":\"\",\"min\":0,\"max\":86400,\"scale\":0,\"step\":1}"),
            new DataPointSpec("work_mode", 21, "Enum", "{\"range\":[\"white\",\"colour\"]}"),
            new DataPointSpec("fault", 26, "fault", "{\"label\":[\"ov_cr\",\"ov_vol\",\"ov_pwr\"],\"maxlen\":3}"),
            new DataPointSpec("colour", 24, "JSON", "{\"h\":{\"min\":0}}"),
            new DataPointSpec("label", 30, "String", "{\"maxlen\":3}"),
            new DataPointSpec("bare", 31, "Integer", "{}"),
            new DataPointSpec("gap", 32, "Bitmap", "{\"label\":[\"a\",null,\"c\"]}"));

    @Test
    void describe_scaledInteger_isExact() {
        DescribedValue voltage = describe("cur_voltage", 2230L);

        assertThat(voltage.number()).isEqualTo(new BigDecimal("223.0"));
        assertThat(voltage.unit()).isEqualTo("V");
        assertThat(voltage.dpId()).isEqualTo(20);
        assertThat(voltage.value()).isEqualTo(2230L);
        assertThat(voltage.fits()).isTrue();
        assertThat(voltage.text()).isEqualTo("223.0 V");
        assertThat(voltage).hasToString("cur_voltage (20): 223.0 V");
    }

    @Test
    void dataPoint_alone_isDescribedAsInAStatus() {
        assertThat(new DataPoint("cur_voltage", 2230L).describe(MAPPING)).isEqualTo(describe("cur_voltage", 2230L));
        assertThat(new DataPoint("unheard_of", 5L).describe(MAPPING)).hasToString("unheard_of: 5");
    }

    @ParameterizedTest
    @CsvSource({
        "cur_voltage, 2230, cur_voltage (20): 223.0 V",
        "switch_1, true, switch_1 (1): true",
        "fault, 5, 'fault (26): ov_cr, ov_pwr'",
        "work_mode, white, work_mode (21): white",
        "work_mode, green, work_mode (21): green - not among the values of the mapping",
        "unheard_of, 7, unheard_of: 7",
        "cur_voltage, , cur_voltage (20): no value"
    })
    void logEntry_text_isReadByTheMapping(String code, @Nullable String value, String described) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("code", code);
        json.put("value", value);

        assertThat(LogEntry.fromMap(json).describe(MAPPING)).hasToString(described);
    }

    @Test
    void logEntry_ofNoDataPoint_isDescribedPlainly() {
        DescribedValue online = LogEntry.fromMap(Map.of("event_id", 1L)).describe(MAPPING);

        assertThat(online.code()).isNull();
        assertThat(online.spec()).isNull();
        assertThat(online.text()).isEqualTo("no value");
    }

    @Test
    void specification_find_prefersReportedDataPoints() {
        DataPointSpec reported = new DataPointSpec("switch_1", 1, "Boolean", "{}");
        DataPointSpec taken = new DataPointSpec("switch_1", 1, "Boolean", "{\"also\":1}");
        DataPointSpec takenOnly = new DataPointSpec("countdown_1", 9, "Integer", "{}");
        DeviceSpecification specification =
                new DeviceSpecification("cz", List.of(taken, takenOnly), List.of(reported), Map.of());

        assertThat(specification.find("switch_1")).containsSame(reported);
        assertThat(specification.find("countdown_1")).containsSame(takenOnly);
        assertThat(specification.find("switch_2")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,0.0 V", "1,0.1 V", "5000,500.0 V", "-5,-0.5 V"})
    void integer_rawValue_isFormatted(long raw, String text) {
        assertThat(describe("cur_voltage", raw).text()).isEqualTo(text);
    }

    @Test
    void integer_withoutScaleOrUnit_isUnchanged() {
        assertThat(describe("countdown", 60L).text()).isEqualTo("60");
        assertThat(describe("countdown", 60L).unit()).isNull();
        assertThat(describe("bare", 7L).number()).isEqualTo(new BigDecimal("7"));
    }

    @Test
    void integer_asTextOrBeyondLong_isRead() {
        assertThat(describe("cur_voltage", "2230").text()).isEqualTo("223.0 V");
        assertThat(describe("cur_voltage", "2230").fits()).isTrue();
        DescribedValue huge = describe("cur_voltage", new BigInteger("99999999999999999999"));
        assertThat(huge.text()).isEqualTo("9999999999999999999.9 V");
        assertThat(huge.fits()).isFalse();
    }

    @Test
    void integer_hugeNumber_isNotSpelledOut() {
        assertThat(describe("cur_voltage", new BigDecimal("1E+999999999")).text())
                .hasSizeLessThan(40);
        DataPointSpec absurd = new DataPointSpec("x", 1, "Integer", "{\"scale\":2000000000,\"max\":1E999999999}");
        assertThat(new DeviceStatus(List.of(new DataPoint("x", 5L)))
                        .describe(mapping(absurd))
                        .get(0)
                        .text())
                .isEqualTo("5");
    }

    @Test
    void integer_outOfRange_isMarked() {
        DescribedValue voltage = describe("cur_voltage", 5001L);

        assertThat(voltage.fits()).isFalse();
        assertThat(voltage.text()).isEqualTo("500.1 V");
        assertThat(voltage).hasToString("cur_voltage (20): 500.1 V - not among the values of the mapping");
    }

    @Test
    void integer_betweenSteps_isValid() {
        DpMapping energy = mapping(
                new DataPointSpec("add_ele", 17, "Integer", "{\"min\":0,\"max\":50000,\"scale\":3,\"step\":100}"));

        DescribedValue value = new DeviceStatus(List.of(new DataPoint("add_ele", 1L)))
                .describe(energy)
                .get(0);

        assertThat(value.fits()).isTrue();
        assertThat(value.text()).isEqualTo("0.001");
    }

    @Test
    void enum_value_isCheckedAgainstItsRange() {
        assertThat(describe("work_mode", "colour").fits()).isTrue();
        assertThat(describe("work_mode", "colour").text()).isEqualTo("colour");
        assertThat(describe("work_mode", "disco").fits()).isFalse();
        assertThat(describe("work_mode", "disco").text()).isEqualTo("disco");
    }

    @Test
    void bitmap_bitsSet_areNamed() {
        assertThat(describe("fault", 5L).labels()).containsExactly("ov_cr", "ov_pwr");
        assertThat(describe("fault", 5L).text()).isEqualTo("ov_cr, ov_pwr");
        assertThat(describe("fault", 5L).number()).isNull();
        assertThat(describe("fault", 0L).text()).isEqualTo("none");
        DescribedValue beyond = describe("fault", 34L);
        assertThat(beyond.labels()).containsExactly("ov_vol", "bit 5");
        assertThat(beyond.fits()).isFalse();
        assertThat(describe("fault", -1L).labels()).isEmpty();
        assertThat(describe("fault", -1L).text()).isEqualTo("-1");
        assertThat(describe("fault", "x").text()).isEqualTo("x");
        assertThat(describe("fault", BigInteger.ONE.shiftLeft(300)).labels()).isEmpty();
    }

    @Test
    void bitmap_missingLabel_keepsItsBit() {
        assertThat(describe("gap", 1L).text()).isEqualTo("a");
        assertThat(describe("gap", 2L).text()).isEqualTo("bit 1");
        assertThat(describe("gap", 4L).text()).isEqualTo("c");
        assertThat(describe("gap", 7L).fits()).isTrue();
        assertThat(describe("gap", 8L).fits()).isFalse();
    }

    @Test
    void json_asText_isDecoded() {
        DescribedValue colour = describe("colour", "{\"h\":37.0,\"s\":255}");

        assertThat(colour.decoded()).isEqualTo(Map.of("h", new BigDecimal("37.0"), "s", 255L));
        assertThat(colour.text()).isEqualTo("{\"h\":37.0,\"s\":255}");
        assertThat(colour.fits()).isTrue();
        assertThat(describe("colour", Map.of("h", 1L)).decoded()).isEqualTo(Map.of("h", 1L));
        assertThat(describe("colour", "").decoded()).isNull();
        assertThat(describe("colour", "000003e8").decoded()).isNull();
        assertThat(describe("colour", "000003e8").text()).isEqualTo("000003e8");
    }

    @Test
    void booleanAndText_anyValue_arePlain() {
        assertThat(describe("switch_1", true)).hasToString("switch_1 (1): true");
        assertThat(describe("switch_1", "true").fits()).isTrue();
        assertThat(describe("switch_1", 7L).fits()).isFalse();
        assertThat(describe("label", "abc").fits()).isTrue();
        assertThat(describe("label", "abcd").fits()).isFalse();
    }

    @Test
    void describe_unknownDataPoint_isPlain() {
        DescribedValue unknown = describe("new_thing", 12L);

        assertThat(unknown.spec()).isNull();
        assertThat(unknown.dpId()).isNull();
        assertThat(unknown.number()).isEqualTo(new BigDecimal("12"));
        assertThat(unknown.fits()).isTrue();
        assertThat(unknown).hasToString("new_thing: 12");
        assertThat(describe("new_thing", List.of(1L)).text()).isEqualTo("[1]");
        assertThat(describe("new_thing", "5").number()).isNull();
    }

    @Test
    void describe_null_isShownAsNoValue() {
        DescribedValue none = describe("cur_voltage", null);

        assertThat(none.text()).isEqualTo("no value");
        assertThat(none.number()).isNull();
        assertThat(none.unit()).isNull();
        assertThat(none.fits()).isTrue();
    }

    @Test
    void describe_severalValues_keepsTheOrder() {
        DeviceStatus status = new DeviceStatus(List.of(
                new DataPoint("work_mode", "white"), new DataPoint(null, 1L), new DataPoint("switch_1", false)));

        assertThat(status.describe(MAPPING))
                .extracting(DescribedValue::code)
                .containsExactly("work_mode", null, "switch_1");
    }

    private static DescribedValue describe(String code, Object value) {
        return new DeviceStatus(List.of(new DataPoint(code, value)))
                .describe(MAPPING)
                .get(0);
    }

    private static DpMapping mapping(DataPointSpec... specs) {
        Map<String, DataPointSpec> dps = new LinkedHashMap<>();
        for (DataPointSpec spec : specs) {
            dps.put(spec.mappingKey(), spec);
        }
        return DpMapping.of(dps);
    }
}
