package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.DeviceFunctions;
import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.support.FakeCloudTest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the reads of one device: exact requests, exact results, refusals. */
class DeviceCallsTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;

    @Test
    void getStatus_knownDevice_returnsItsValues() {
        DeviceStatus status = cloud.getStatus(PLUG);

        assertThat(sent()).containsExactly("GET /v1.0/iot-03/devices/" + PLUG + "/status");
        assertThat(status.dataPoints())
                .containsExactly(
                        new DataPoint("switch_1", false),
                        new DataPoint("countdown_1", 0L),
                        new DataPoint("cur_current", 0L),
                        new DataPoint("cur_power", 0L),
                        new DataPoint("cur_voltage", 2302L));
        assertThat(status.getBoolean("switch_1")).isFalse();
        assertThat(status.getLong("cur_voltage")).isEqualTo(2302);
        assertThat(status.getDecimal("cur_voltage")).isEqualByComparingTo("2302");
        assertThat(status.getText("cur_voltage")).isEqualTo("2302");
        assertThat(status.get("no_such_code")).isNull();
        assertThat(status.getBoolean("cur_voltage")).isNull();
    }

    @Test
    void getStatus_valuesOfEveryType_arePlainJava() {
        String body = """
                {"success":true,"t":1709294400000,"result":[
                 {"code":"flag","value":true},
                 {"code":"whole","value":9007199254740993},
                 {"code":"huge","value":123456789012345678901234567890},
                 {"code":"fraction","value":0.10},
                 {"code":"text","value":"K\\u00fcche"},
                 {"code":"object","value":{"h":258}},
                 {"code":"list","value":[1,"a"]},
                 {"code":"stamped","value":1,"t":1588925778000}]}""";
        fake.on("GET", "/v1.0/iot-03/devices/{id}/status")
                .fail(Fault.body(200, "application/json", body.getBytes(StandardCharsets.UTF_8)));

        DeviceStatus status = cloud.getStatus(PLUG);

        assertThat(status.get("flag")).isEqualTo(true);
        assertThat(status.get("whole")).isEqualTo(9_007_199_254_740_993L);
        assertThat(status.get("huge")).isEqualTo(new BigInteger("123456789012345678901234567890"));
        assertThat(status.get("fraction")).isEqualTo(new BigDecimal("0.10"));
        assertThat(status.get("text")).isEqualTo("Küche");
        assertThat(status.get("object")).isEqualTo(Map.of("h", 258L));
        assertThat(status.getText("object")).isEqualTo("{\"h\":258}");
        assertThat(status.get("list")).isEqualTo(List.of(1L, "a"));
        assertThat(status.dataPoints().get(7).extra()).isEqualTo(Map.of("t", 1_588_925_778_000L));
    }

    @Test
    void getFunctions_knownDevice_returnsTheAcceptedCommands() {
        DeviceFunctions functions = cloud.getFunctions(PLUG);

        String range = "{\"unit\":\"s\",\"min\":0,\"max\":86400,\"scale\":0,\"step\":1}";
        assertThat(sent()).containsExactly("GET /v1.0/iot-03/devices/" + PLUG + "/functions");
        assertThat(functions.category()).isEqualTo("cz");
        assertThat(functions.functions())
                .containsExactly(
                        new DataPointSpec("switch_1", null, "Boolean", "{}", "switch 1", "{}", null, null, Map.of()),
                        new DataPointSpec(
                                "countdown_1", null, "Integer", range, "countdown 1", range, null, null, Map.of()));
        assertThat(functions.extra()).isEmpty();
    }

    @Test
    void getProperties_knownDevice_returnsSpecificationWithoutDpIds() {
        DeviceSpecification specification = cloud.getProperties(PLUG);

        assertThat(sent()).containsExactly("GET /v1.0/iot-03/devices/" + PLUG + "/specification");
        assertThat(specification.category()).isEqualTo("cz");
        assertThat(specification.functions())
                .extracting(DataPointSpec::code)
                .containsExactly("switch_1", "countdown_1");
        assertThat(specification.status())
                .extracting(DataPointSpec::code)
                .containsExactly("switch_1", "countdown_1", "cur_current", "cur_power", "cur_voltage");
        assertThat(specification.status())
                .allSatisfy(spec -> assertThat(spec.dpId()).isNull());
    }

    @Test
    void getDps_knownDevice_returnsSpecificationWithDpIds() {
        DeviceSpecification specification = cloud.getDps(PLUG);

        assertThat(sent()).containsExactly("GET /v1.1/devices/" + PLUG + "/specifications");
        assertThat(specification.functions()).extracting(DataPointSpec::dpId).containsExactly(1, 9);
        assertThat(specification.status()).extracting(DataPointSpec::dpId).containsExactly(1, 9, 18, 19, 20);
        assertThat(specification.status().get(4))
                .isEqualTo(new DataPointSpec(
                        "cur_voltage",
                        20,
                        "Integer",
                        "{\"unit\":\"V\",\"min\":0,\"max\":5000,\"scale\":1,\"step\":1}"));
    }

    @Test
    void getDps_idInCamelCase_isAccepted() {
        fake.on("GET", "/v1.1/devices/{id}/specifications")
                .fail(Fault.result(Map.of(
                        "functions", List.of(Map.of("code", "switch", "dpId", 7, "type", "Boolean", "values", "{}")))));

        DeviceSpecification specification = cloud.getDps(PLUG);

        assertThat(specification.functions()).containsExactly(new DataPointSpec("switch", 7, "Boolean", "{}"));
        assertThat(specification.status()).isEmpty();
        assertThat(specification.category()).isNull();
    }

    static Stream<String> tooMuch() {
        return Stream.of(
                "[".repeat(300) + "]".repeat(300), "{\"a\":".repeat(300) + "1" + "}".repeat(300), "7".repeat(1001));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void read_responseNestedTooDeeplyOrWithTooLongANumber_isUnusable(String result) {
        fake.onAny()
                .exceptToken()
                .fail(Fault.http(200, "application/json", "{\"success\":true,\"result\":" + result + "}"));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageContaining("JSON that is nested too deeply, or has a name or number that is too long");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}      | 1500000 | JSON with more than 1500000 values
            []      | 1500000 | JSON with more than 1500000 values
            1       | 1500000 | JSON with more than 1500000 values
            [1]     | 300000  | JSON with more than 300000 objects and lists
            {"a":1} | 300000  | JSON with more than 300000 objects and lists
            """)
    void read_responseWithTooManyValues_isUnusable(String value, int count, String problem) {
        use(client().retryPolicy(RetryPolicy.none()));
        String list = "[" + (value + ",").repeat(count - 1) + value + "]";
        fake.onAny()
                .exceptToken()
                .fail(Fault.http(200, "application/json", "{\"success\":true,\"result\":" + list + "}"));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageContaining(problem);
    }

    @Test
    void cloudRequest_longestResponse_isRead() {
        String device =
                "{\"id\":\"bf0000000000000000000%05d\",\"name\":\"Plug\",\"icon\":\"smart/icon/ay1559701439060fw6BY/9000000000000000.png\",\"online\":true,\"lat\":1.5,\"uid\":\"eu1\",\"a\":%d,"
                        + "\"status\":[{\"code\":\"switch_1\",\"value\":true},{\"code\":\"cur_power\",\"value\":0}],\"extra\":{},\"tags\":[]}";
        StringBuilder list = new StringBuilder("{\"success\":true,\"result\":[");
        int count = 0;
        while (list.length() < 16 * 1024 * 1024 - 300) {
            list.append(count == 0 ? "" : ",").append(device.formatted(count, count));
            count++;
        }
        fake.onAny().exceptToken().fail(Fault.http(200, "application/json", list + "]}"));

        List<?> read = cloud.cloudRequest("/v1.0/devices").resultList(Map.class);

        assertThat(read).hasSize(count);
        assertThat(read.get(count - 1))
                .isEqualTo(Map.of(
                        "id",
                        "bf0000000000000000000%05d".formatted(count - 1),
                        "name",
                        "Plug",
                        "icon",
                        "smart/icon/ay1559701439060fw6BY/9000000000000000.png",
                        "online",
                        true,
                        "lat",
                        new BigDecimal("1.5"),
                        "uid",
                        "eu1",
                        "a",
                        (long) (count - 1),
                        "status",
                        List.of(Map.of("code", "switch_1", "value", true), Map.of("code", "cur_power", "value", 0L)),
                        "extra",
                        Map.of(),
                        "tags",
                        List.of()));
    }

    @Test
    void getConnectStatus_onlineAndOffline_areDistinguished() {
        assertThat(cloud.getConnectStatus(PLUG)).isTrue();
        assertThat(cloud.getConnectStatus(DemoWorld.OFFLINE_PLUG)).isFalse();

        assertThat(sent()).containsExactly("GET /v1.0/devices/" + PLUG, "GET /v1.0/devices/" + DemoWorld.OFFLINE_PLUG);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void read_foreignDevice_throwsAuthException(String operation, BiFunction<TuyaCloud, String, Object> read) {
        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> read.apply(cloud, "bfforeign"))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(1106);
                    assertThat(e.apiMessage()).isEqualTo("permission deny");
                    assertThat(e.operation()).isEqualTo(operation);
                    assertThat(e.httpStatus()).isEqualTo(200);
                    assertThat(e.attempts()).isEqualTo(1);
                    assertThat(e.tid()).isNotBlank();
                    assertThat(e.retryable()).isFalse();
                    assertThat(e.hint()).contains("Link the app account");
                    assertThat(e).hasMessageContaining("1106 permission deny");
                });
    }

    @Test
    void read_longRefusalText_becomesOneShortLine() {
        String forged = "no\r\n2024-03-01 ERROR root: rm\u001b[2J\u2028\u2029\u0085\u202Ex";
        fake.onAny().exceptToken().fail(Fault.code(2010, forged + "y".repeat(3_000_000)));

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .satisfies(e -> {
                    assertThat(e.apiMessage())
                            .startsWith("no 2024-03-01 ERROR root: rm [2J xyyy")
                            .endsWith("yyy...")
                            .hasSize(500);
                    assertThat(e.getMessage())
                            .hasSizeLessThan(1000)
                            .startsWith("GET /v1.0/iot-03/devices/{id}/status failed: 2010 no 2024-03-01 ERROR");
                    assertThat(List.of(e.getMessage(), e.toString(), e.apiMessage()))
                            .noneMatch(text -> text.chars().anyMatch(c -> c < ' ' || c > '~'));
                });
    }

    @ParameterizedTest
    @MethodSource("reads")
    void read_otherRefusal_throwsApiExceptionWithItsCode(String operation, BiFunction<TuyaCloud, String, Object> read) {
        fake.onAny().exceptToken().fail(Fault.code(2010, "device not exist"));

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> read.apply(cloud, PLUG))
                .satisfies(e -> assertThat(e.code()).isEqualTo(2010))
                .withMessageContaining(operation);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void read_successWithoutResult_isUnusableAndNeverAnEmptyValue(
            String operation, BiFunction<TuyaCloud, String, Object> read) {
        for (Fault fault : Arrays.asList(Fault.result(null), Fault.without("result"), Fault.result("text"))) {
            fake.clearFaults();
            fake.onAny().exceptToken().fail(fault);

            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> read.apply(cloud, PLUG))
                    .withMessageContaining(operation)
                    .withMessageContaining("the response cannot be used");
        }
    }

    static Stream<Arguments> reads() {
        return Stream.of(
                read("GET /v1.0/iot-03/devices/{id}/status", TuyaCloud::getStatus),
                read("GET /v1.0/iot-03/devices/{id}/functions", TuyaCloud::getFunctions),
                read("GET /v1.0/iot-03/devices/{id}/specification", TuyaCloud::getProperties),
                read("GET /v1.1/devices/{id}/specifications", TuyaCloud::getDps),
                read("GET /v1.0/devices/{id}", TuyaCloud::getConnectStatus));
    }

    private static Arguments read(String operation, BiFunction<TuyaCloud, String, Object> read) {
        return Arguments.of(operation, read);
    }
}
