package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that each quirk of the fake cloud changes responses as described, and nothing else. */
@DisplayName("FakeTuyaCloud, quirks")
@Timeout(30)
class FakeTuyaCloudQuirkTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String LINKED = "/v1.0/iot-01/associated-users/devices?size=100";
    private static final String SPECIFICATION = "/v1.1/devices/" + DemoWorld.LAMP + "/specifications";
    private static final String LOGS = "/logs?type=1,2,7&query_type=1&size=100&start_time="
            + NOW.minusSeconds(86_400).toEpochMilli() + "&end_time=" + NOW.toEpochMilli();

    private final ManualTime clock = new ManualTime(NOW);
    private FakeTuyaCloud fake;
    private TestCaller caller;

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void categoryOnlySpecifications_specification_hasNeitherFunctionsNorStatus() {
        start(Quirk.CATEGORY_ONLY_SPECIFICATIONS);

        assertThat(text(caller.result(SPECIFICATION))).isEqualTo("{\"category\":\"dj\"}");
        assertThat(text(caller.result("/v1.0/iot-03/devices/" + DemoWorld.LAMP + "/functions")))
                .isEqualTo("{\"category\":\"dj\"}");
    }

    @Test
    void nullValues_specification_keepsItsDataPoints() {
        start(Quirk.NULL_VALUES);

        JsonNode specification = caller.result(SPECIFICATION);

        assertThat(specification.path("status")).hasSize(5);
        assertThat(specification.findValues("values")).hasSize(10).allMatch(JsonNode::isNull);
        assertThat(specification.findValuesAsText("code")).contains("bright_value_v2");
    }

    @ParameterizedTest
    @CsvSource({
        "0, functions status",
        "1, 1106",
        "2, functions status",
        "5, functions status",
        "6, null",
        "11, []",
        "16, {\"category\":\"x\"}",
        "21, '{\"category\":\"x\",\"functions\":[\"switch\",1],\"status\":[null]}'",
        "26, 1106"
    })
    void oddProducts_everyFifth_isUnusableInItsOwnWay(int place, String expected) {
        fake = FakeTuyaCloud.builder()
                .clock(clock)
                .empty()
                .quirks(Quirk.ODD_PRODUCTS)
                .start();
        for (int i = 0; i <= place; i++) {
            fake.addDevice(
                    FakeDevice.builder("d" + i, FakeProduct.of("p" + i, "P", "x", FakeDataPoint.bool("switch", 1)))
                            .build());
        }
        caller = new TestCaller(fake, clock).login();

        JsonNode response = caller.get("/v1.1/devices/d" + place + "/specifications");

        String seen = response.path("success").booleanValue()
                ? text(response.path("result"))
                : response.path("code").asText();
        assertThat(seen.contains("dp_id") ? "functions status" : seen).isEqualTo(expected);
    }

    @Test
    void zeroTimes_devicesPropertiesAndLogs_haveNoTime() {
        start(Quirk.ZERO_TIMES);

        JsonNode device = caller.result("/v1.0/devices/" + DemoWorld.LAMP);
        JsonNode properties = caller.result("/v2.0/cloud/thing/" + DemoWorld.LAMP + "/shadow/properties");
        JsonNode logs = caller.result("/v1.0/devices/" + DemoWorld.PLUG + LOGS);

        assertThat(List.of("active_time", "create_time", "update_time"))
                .allMatch(time -> device.path(time).isInt() && device.path(time).intValue() == 0);
        assertThat(properties.findValues("time")).hasSize(6).allMatch(time -> time.intValue() == 0);
        assertThat(logs.findValues("event_time")).isNotEmpty().allMatch(time -> time.intValue() == 0);
    }

    @Test
    void emptyValues_neverSet_areEmptyUntilSet() {
        start(Quirk.EMPTY_VALUES);
        String status = "/v1.0/devices/" + DemoWorld.LAMP + "/status";

        assertThat(text(caller.result(status)))
                .contains("{\"code\":\"switch_led\",\"value\":\"\"}", "{\"code\":\"colour_data_v2\",\"value\":\"\"}")
                .contains("{\"code\":\"bright_value_v2\",\"value\":10}");
        assertThat(text(caller.result("/v2.0/cloud/thing/" + DemoWorld.LAMP + "/shadow/properties?codes=work_mode")))
                .contains("\"value\":\"\"");
        caller.send(
                "POST",
                "/v1.0/devices/" + DemoWorld.LAMP + "/commands",
                "{\"commands\":[{\"code\":\"switch_led\",\"value\":false}]}");
        assertThat(text(caller.result(status))).contains("{\"code\":\"switch_led\",\"value\":false}");
    }

    @Test
    void emptyLocalKeys_everyCall_hasAnEmptyText() {
        start(Quirk.EMPTY_LOCAL_KEYS);

        assertThat(caller.result(LINKED).findValuesAsText("local_key"))
                .hasSize(5)
                .containsOnly("");
        assertThat(caller.result("/v1.3/iot-03/devices?source_type=tuyaUser&source_id=" + DemoWorld.ALICE)
                        .findValuesAsText("local_key"))
                .hasSize(4)
                .containsOnly("");
        assertThat(caller.result("/v2.0/cloud/thing/" + DemoWorld.LAMP)
                        .path("local_key")
                        .asText("none"))
                .isEmpty();
    }

    @Test
    void wordCodes_unknownDevice_hasAWord() {
        start(Quirk.WORD_CODES);

        assertThat(caller.get("/v1.0/devices/none").path("code").asText()).isEqualTo("DEVICE_NOT_EXIST_V2");
        assertThat(caller.get("/v1.0/none").path("code").intValue()).isEqualTo(1108);
    }

    @Test
    void otherCodeNames_refusal_hasNeitherCodeNorMsg() {
        start(Quirk.OTHER_CODE_NAMES);

        JsonNode older = caller.get("/v1.0/devices/none");
        JsonNode newer = caller.get("/v2.0/cloud/thing/none");

        assertThat(older.path("error_code").intValue()).isEqualTo(1106);
        assertThat(older.path("error_msg").asText()).isEqualTo("permission deny");
        assertThat(newer.path("errorCode").intValue()).isEqualTo(1106);
        assertThat(newer.path("errorMsg").asText()).isEqualTo("permission deny");
        assertThat(older.has("code") || older.has("msg") || newer.has("code") || newer.has("msg"))
                .isFalse();
        assertThat(older.path("success").booleanValue()).isFalse();
    }

    @Test
    void numbersAsTexts_response_keepsOnlyValuesAsNumbers() {
        start(Quirk.NUMBERS_AS_TEXTS);

        assertThat(caller.get("/v1.0/devices/none").path("code").textValue()).isEqualTo("1106");
        assertThat(caller.get(LINKED).path("t").textValue()).isEqualTo(Long.toString(NOW.toEpochMilli()));
        assertThat(text(caller.result("/v1.0/devices/" + DemoWorld.LAMP)))
                .contains("\"active_time\":\"1669988230\"", "{\"code\":\"bright_value_v2\",\"value\":10}");
        assertThat(text(caller.result(SPECIFICATION))).contains("\"dp_id\":\"22\"", "\\\"max\\\":\\\"1000\\\"");
        assertThat(text(caller.result("/v2.0/cloud/thing/" + DemoWorld.LAMP + "/model")))
                .contains("\\\"abilityId\\\":\\\"22\\\"", "\\\"max\\\":\\\"1000\\\"");
    }

    @Test
    void missingHasMore_lastPage_hasNoHasMore() {
        start(Quirk.MISSING_HAS_MORE);

        assertThat(caller.result(LINKED).has("has_more")).isFalse();
        assertThat(caller.result("/v1.0/iot-01/associated-users/devices?size=2")
                        .path("has_more")
                        .booleanValue())
                .isTrue();
        assertThat(caller.result("/v1.0/devices/" + DemoWorld.LAMP + LOGS).has("has_next"))
                .isFalse();
    }

    @Test
    void nullLists_emptyListInsideAResult_isNull() {
        start(Quirk.NULL_LISTS);

        assertThat(caller.result("/v1.0/devices/" + DemoWorld.LAMP + LOGS)
                        .path("logs")
                        .isNull())
                .isTrue();
        assertThat(caller.result("/v1.0/homes/" + (DemoWorld.HOME + 1) + "/rooms")
                        .path("rooms")
                        .isNull())
                .isTrue();
        assertThat(caller.result("/v1.0/homes/" + (DemoWorld.HOME + 1) + "/scenes"))
                .isEmpty();
    }

    @Test
    void listsWithoutStatus_lists_haveNoStatus() {
        start(Quirk.LISTS_WITHOUT_STATUS);

        for (String list : List.of(
                LINKED, "/v1.0/users/" + DemoWorld.ALICE + "/devices", "/v1.0/homes/" + DemoWorld.HOME + "/devices")) {
            assertThat(caller.result(list).findValue("status")).as(list).isNull();
            assertThat(caller.result(list).findValuesAsText("id")).as(list).contains(DemoWorld.LAMP);
        }
        assertThat(caller.result("/v1.0/devices/" + DemoWorld.LAMP).path("status"))
                .hasSize(5);
    }

    @Test
    void laggingLists_change_appearsHalfAMinuteLater() {
        start(Quirk.LAGGING_LISTS);
        clock.advance(Duration.ofMinutes(1));
        fake.report(DemoWorld.SENSOR, "va_humidity", 50);
        clock.advance(Duration.ofSeconds(20));
        fake.report(DemoWorld.SENSOR, "va_humidity", 60);

        assertThat(humidities()).containsExactly("48", "60", "60");
        clock.advance(Duration.ofSeconds(10));
        assertThat(humidities()).containsExactly("50", "60", "60");
        clock.advance(Duration.ofSeconds(20));
        assertThat(humidities()).containsExactly("60", "60", "60");
    }

    @Test
    void infraredDevices_airConditioner_isAnEnumOfNumbersInTexts() {
        start(Quirk.INFRARED_DEVICES);
        String device = "/v1.0/devices/" + DemoWorld.AIR_CONDITIONER;

        assertThat(text(caller.result("/v1.1/devices/" + DemoWorld.AIR_CONDITIONER + "/specifications")))
                .contains(
                        "{\"code\":\"T\",\"type\":\"ENUM\",\"values\":\"{\\\"min\\\":16,\\\"max\\\":30,\\\"scale\\\":0,"
                                + "\\\"step\\\":1,\\\"type\\\":\\\"Integer\\\"}\"}")
                .doesNotContain("dp_id");
        for (String accepted : List.of("24", "\"25\"")) {
            assertThat(temperature(accepted).path("success").booleanValue()).isTrue();
            assertThat(text(caller.result(device + "/status")))
                    .contains("{\"code\":\"T\",\"value\":\"" + accepted.replace("\"", "") + "\"}");
        }
        for (String refused : List.of("31", "\"x\"", "true")) {
            assertThat(temperature(refused).path("code").intValue()).isEqualTo(2008);
        }
    }

    @Test
    void infraredDevices_television_hasDigitsForCodes() {
        start(Quirk.INFRARED_DEVICES);

        assertThat(caller.result("/v1.1/devices/" + DemoWorld.TELEVISION + "/specifications")
                        .path("functions")
                        .findValuesAsText("code"))
                .containsExactly("0", "1", "Volume+");
    }

    @ParameterizedTest
    @CsvSource({
        "DEPRECATED_LOGS_REFUSED, 28841101, /v1.0/devices/{id}/logs?x=1",
        "SCENES_REFUSED, 28841105, /v1.0/homes/1/scenes",
        "THING_MODEL_REFUSED, 28841106, /v2.0/cloud/thing/{id}",
        "THING_MODEL_REFUSED, 28841106, /v2.0/cloud/thing/{id}/model",
        "THING_MODEL_REFUSED, 28841106, /v2.0/cloud/thing/{id}/shadow/properties",
        "SPECIFICATIONS_REFUSED, 28841101, /v1.1/devices/{id}/specifications",
        "SPECIFICATIONS_REFUSED, 28841101, /v1.0/iot-03/devices/{id}/functions"
    })
    void refusedService_call_isRefused(Quirk quirk, int code, String path) {
        start(quirk);

        assertThat(caller.get(path.replace("{id}", DemoWorld.LAMP)).path("code").intValue())
                .isEqualTo(code);
    }

    @Test
    void refusedService_successor_succeeds() {
        start(Quirk.DEPRECATED_LOGS_REFUSED, Quirk.SCENES_REFUSED, Quirk.THING_MODEL_REFUSED);

        assertThat(caller.result("/v2.0/cloud/thing/" + DemoWorld.PLUG + LOGS).path("logs"))
                .isNotEmpty();
        assertThat(caller.send("POST", "/v2.0/cloud/scene/rule/" + DemoWorld.EVENING_SCENE + "/actions/trigger", "")
                        .path("result")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void refusedService_ruleForThatCall_takesPrecedence() {
        start(Quirk.THING_MODEL_REFUSED);
        fake.on("GET", "/v2.0/cloud/thing/{id}/model").fail(Fault.result(7));

        assertThat(caller.result("/v2.0/cloud/thing/x/model").intValue()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {LINKED, SPECIFICATION})
    void allQuirks_anyCall_stillReturnsJson(String path) {
        start(Quirk.values());

        JsonNode response = caller.get(path);

        assertThat(response.has("success")).isTrue();
        assertThat(response.path("t").isTextual()).isTrue();
    }

    private void start(Quirk... quirks) {
        fake = FakeTuyaCloud.builder().clock(clock).quirks(quirks).start();
        caller = new TestCaller(fake, clock).login();
    }

    private JsonNode temperature(String value) {
        return caller.send(
                "POST",
                "/v1.0/devices/" + DemoWorld.AIR_CONDITIONER + "/commands",
                "{\"commands\":[{\"code\":\"T\",\"value\":" + value + "}]}");
    }

    /** Returns the humidity in a list, in a single status and in the properties. */
    private List<String> humidities() {
        List<String> seen = new ArrayList<>();
        String list = "/v1.0/users/" + DemoWorld.ALICE + "/devices";
        for (String target : List.of(
                list,
                "/v1.0/devices/" + DemoWorld.SENSOR + "/status",
                "/v2.0/cloud/thing/" + DemoWorld.SENSOR + "/shadow/properties")) {
            for (JsonNode item : caller.result(target).findParents("code")) {
                if (item.path("code").asText().equals("va_humidity")) {
                    seen.add(item.path("value").asText());
                }
            }
        }
        return seen;
    }

    private static String text(JsonNode tree) {
        return tree.toString();
    }
}
