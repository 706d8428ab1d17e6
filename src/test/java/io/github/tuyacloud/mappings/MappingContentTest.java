package io.github.tuyacloud.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.support.FakeCloudTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the content of a DP mapping: which entry wins, which are omitted, how values and units are normalized. */
class MappingContentTest extends FakeCloudTest {

    @Test
    void getMapping_sameIdInStatusAndFunctions_usesTheStatus() {
        DpMapping mapping = mappingOf("""
                {"functions":[{"code":"from_functions","dp_id":1,"type":"Boolean","values":"{}"},
                              {"code":"only_functions","dp_id":3,"type":"Boolean","values":"{}"}],
                 "status":[{"code":"from_status","dp_id":1,"type":"Boolean","values":"{}"},
                           {"code":"second_claim","dp_id":1,"type":"Boolean","values":"{}"},
                           {"code":"only_status","dp_id":2,"type":"Boolean","values":"{}"}]}""");

        assertThat(mapping.dps().keySet()).containsExactly("1", "2", "3");
        assertThat(mapping.dps().values())
                .extracting(DataPointSpec::code)
                .containsExactly("from_status", "only_status", "only_functions");
    }

    @Test
    void getMapping_entryWithoutId_isFoundByItsCode() {
        DpMapping mapping = mappingOf("""
                {"status":[{"code":"cur_power","type":"Integer","values":"{\\"unit\\":\\"W\\"}"}]}""");

        assertThat(mapping.dps()).containsOnlyKeys("cur_power");
    }

    @Test
    void getMapping_entryWithoutCodeOrType_isOmittedButKeptInGetDps() {
        String specification = """
                {"status":[{"dp_id":1,"type":"Boolean","values":"{}"},
                           {"code":"no_type","dp_id":2,"values":"{}"},
                           {"code":"no_values","dp_id":3,"type":"Boolean"},
                           {"code":"null_values","dp_id":5,"type":"Integer","values":null},
                           {"code":"whole","dp_id":4,"type":"Boolean","values":"{}"}]}""";

        DpMapping mapping = mappingOf(specification);

        assertThat(mapping.dps()).containsOnlyKeys("3", "4", "5");
        assertThat(mapping.dps().get("5"))
                .isEqualTo(new DataPointSpec("null_values", 5, "Integer", null, null, null, null, null, Map.of()));
        assertThat(DpMapping.fromMap(mapping.asMap())).isEqualTo(mapping);
        assertThat(cloud.getDps(DemoWorld.PLUG).status()).hasSize(5);
    }

    @Test
    void getMapping_omittedEntry_freesItsId() {
        DpMapping mapping = mappingOf("""
                {"status":[{"code":"no_type","dp_id":1,"values":"{}"}],
                 "functions":[{"code":"whole","dp_id":1,"type":"Boolean","values":"{}"}]}""");

        assertThat(mapping.dps().get("1").code()).isEqualTo("whole");
    }

    @ParameterizedTest
    @CsvSource({
        "℃, °C",
        "℉, °F",
        "c, °C",
        "f, °F",
        "秒, s",
        "pcs, pcs",
        "kcal, kcal",
        "cm, cm",
        "sec, sec",
        "cfm, cfm",
        "°C, °C",
        "C, C",
        "F, F",
        "份, 份",
        "分秒, 分秒",
        "'', ''"
    })
    void getMapping_unit_isNormalizedOnlyIfItIsTheWholeUnit(String unit, String expected) {
        DpMapping mapping = mappingOf("{\"status\":[{\"code\":\"a\",\"dp_id\":1,\"type\":\"Integer\",\"values\":"
                + "\"{\\\"unit\\\":\\\"" + unit + "\\\",\\\"min\\\":0,\\\"max\\\":9,\\\"scale\\\":1}\"}]}");

        assertThat(mapping.dps().get("1").valueRange().orElseThrow().unit()).isEqualTo(expected);
        assertThat(valuesOf(mapping, "1")).isEqualTo(Map.of("unit", expected, "min", 0L, "max", 9L, "scale", 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "null", "{}", "[]", "true"})
    void getMapping_unitOfAnotherType_isUnchanged(String unit) {
        DpMapping mapping = mappingOf("{\"status\":[{\"code\":\"a\",\"dp_id\":1,\"type\":\"Integer\",\"values\":"
                + "\"{\\\"unit\\\":" + unit + "}\"}]}");

        assertThat(mapping.dps().get("1").values()).isEqualTo("{\"unit\":" + unit + "}");
    }

    @Test
    void getMapping_valuesOfEachType_areParsedAsDocumented() {
        DpMapping mapping = mappingOf("""
                {"status":[{"code":"a","dp_id":1,"type":"Boolean","values":"{}"},
                           {"code":"b","dp_id":2,"type":"Enum","values":"{\\"range\\":[\\"on\\",\\"off\\"]}"},
                           {"code":"c","dp_id":3,"type":"String","values":"{\\"maxlen\\":255}"},
                           {"code":"d","dp_id":4,"type":"Json","values":"{\\"h\\":{\\"max\\":360}}"},
                           {"code":"e","dp_id":5,"type":"Integer","values":"no JSON {"},
                           {"code":"f","dp_id":6,"type":"Integer","values":""}]}""");

        assertThat(mapping.asMap())
                .isEqualTo(Map.of(
                        "1", Map.of("code", "a", "type", "Boolean", "values", Map.of()),
                        "2", Map.of("code", "b", "type", "Enum", "values", Map.of("range", List.of("on", "off"))),
                        "3", Map.of("code", "c", "type", "String", "values", "{\"maxlen\":255}"),
                        "4",
                                Map.of(
                                        "code",
                                        "d",
                                        "type",
                                        "Json",
                                        "raw_values",
                                        "{\"h\":{\"max\":360}}",
                                        "values",
                                        Map.of("h", Map.of("max", 360L))),
                        "5", Map.of("code", "e", "type", "Integer", "values", "no JSON {"),
                        "6", Map.of("code", "f", "type", "Integer", "values", "")));
        assertThat(mapping.dps().get("2").enumRange()).containsExactly("on", "off");
        assertThat(mapping.dps().get("3").maxLength()).isEqualTo(255);
        assertThat(mapping.dps().get("5").valueRange()).isEmpty();
    }

    @Test
    void getMapping_inStatusOnly_isReadOnly() {
        DpMapping mapping = mappingOf("""
                {"functions":[{"code":"switch_1","dp_id":1,"type":"Boolean","values":"{}"},
                              {"code":"old_name","dp_id":2,"type":"Boolean","values":"{}"},
                              {"code":"untyped","dp_id":3}],
                 "status":[{"code":"switch_1","type":"Boolean","values":"{}"},
                           {"code":"new_name","dp_id":2,"type":"Boolean","values":"{}"},
                           {"code":"untyped","type":"Boolean","values":"{}"},
                           {"code":"fault","dp_id":9,"type":"Bitmap","values":"{}"}]}""");

        assertThat(mapping.readOnly()).containsExactly("fault");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.checked(mapping, "fault", 1))
                .withMessage("fault can only be read");
        assertThat(Command.checked(mapping, "new_name", true).value()).isEqualTo(true);
        assertThat(mapping.asMap().get("9")).isEqualTo(Map.of("code", "fault", "type", "Bitmap", "values", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"functions\":[],", "\"functions\":null,"})
    void getMapping_noFunctions_leavesTheAccessModeOpen(String functions) {
        DpMapping mapping = mappingOf(
                "{" + functions + "\"status\":[{\"code\":\"a\",\"dp_id\":1,\"type\":\"Boolean\",\"values\":\"{}\"}]}");

        assertThat(mapping.readOnly()).isEmpty();
        assertThat(Command.checked(mapping, "a", true).value()).isEqualTo(true);
    }

    @Test
    void mapping_roundTrip_allowsCommandsToUnknownAccessModes() {
        DpMapping mapping = cloud.getMapping("pnzfakeplug1", DemoWorld.PLUG).orElseThrow();

        DpMapping read = DpMapping.fromMap(mapping.asMap());

        assertThat(mapping.readOnly()).containsExactly("cur_current", "cur_power", "cur_voltage");
        assertThat(read.dps()).isEqualTo(mapping.dps());
        assertThat(read.readOnly()).isEmpty();
        assertThat(Command.checked(read, "cur_voltage", 2200).value()).isEqualTo(2200);
    }

    @Test
    void getMapping_orderOfEntries_isTheCloudsOrder() {
        DpMapping mapping = mappingOf("""
                {"status":[{"code":"z","dp_id":101,"type":"Boolean","values":"{}"},
                           {"code":"a","dp_id":20,"type":"Boolean","values":"{}"}],
                 "functions":[{"code":"m","dp_id":3,"type":"Boolean","values":"{}"}]}""");

        assertThat(mapping.asMap().keySet()).containsExactly("101", "20", "3");
    }

    private DpMapping mappingOf(String specification) {
        String body = "{\"success\":true,\"t\":1709294400000,\"result\":" + specification + "}";
        fake.on("GET", "/v1.1/devices/{id}/specifications")
                .fail(Fault.body(200, "application/json", body.getBytes(StandardCharsets.UTF_8)));
        return cloud.getMapping("product", DemoWorld.PLUG).orElseThrow();
    }

    private static Object valuesOf(DpMapping mapping, String id) {
        return ((Map<?, ?>) mapping.asMap().get(id)).get("values");
    }
}
