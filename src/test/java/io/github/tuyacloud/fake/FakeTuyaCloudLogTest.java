package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks device logs of the fake cloud: newest first, paged exactly, bounded. */
@DisplayName("FakeTuyaCloud, logs")
class FakeTuyaCloudLogTest extends CalledFake {
    private static final Instant EVENT = NOW.minusSeconds(60);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20, 99, 100})
    void logs_pageByPage_haveNeitherGapsNorDuplicatesWithinAMillisecond(int size) {
        List<FakeLogEntry> entries = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            entries.add(FakeLogEntry.report(EVENT.plusMillis(i / 7), "switch_led", i));
        }
        fake.addLog(DemoWorld.LAMP, entries);

        List<JsonNode> all = new ArrayList<>();
        JsonNode page = logs(DemoWorld.LAMP, "&size=" + size);
        page.path("logs").forEach(all::add);
        while (page.path("has_next").booleanValue()) {
            page = logs(
                    DemoWorld.LAMP,
                    "&size=" + size + "&start_row_key="
                            + page.path("next_row_key").textValue());
            page.path("logs").forEach(all::add);
        }

        assertThat(all).hasSize(250);
        assertThat(new HashSet<>(
                        all.stream().map(log -> log.path("value").textValue()).toList()))
                .hasSize(250);
        assertThat(all.stream().map(log -> log.path("event_time").longValue()))
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(page.path("next_row_key").isNull()).isTrue();
    }

    @Test
    void logs_sizeAboveAHundred_isCapped() {
        assertThat(logs(DemoWorld.SENSOR, "&size=250").path("logs")).hasSize(100);
        assertThat(logs(DemoWorld.SENSOR, "").path("logs")).hasSize(20);
    }

    @Test
    void logs_entry_hasTheCloudsForm() {
        fake.addLog(
                DemoWorld.LAMP,
                FakeLogEntry.report(EVENT, "switch_led", true),
                FakeLogEntry.online(EVENT.plusMillis(1)));

        JsonNode logs = logs(DemoWorld.LAMP, "").path("logs");

        assertThat(logs.get(0).path("event_id").intValue()).isEqualTo(1);
        assertThat(logs.get(0).has("code")).isFalse();
        assertThat(logs.get(1).path("value").textValue()).isEqualTo("true");
        assertThat(logs.get(1).path("event_time").longValue()).isEqualTo(EVENT.toEpochMilli());
        assertThat(logs.get(1).path("event_from").textValue()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"true,true,3", "true,false,2", "false,true,2", "false,false,1"})
    void logs_atTheBounds_areIncludedAsSet(boolean start, boolean end, int expected) {
        fake.logBounds(start, end);
        for (int i = 0; i < 3; i++) {
            fake.addLog(DemoWorld.LAMP, FakeLogEntry.report(EVENT.plusMillis(i), "switch_led", i));
        }

        JsonNode logs = caller.get(target(DemoWorld.LAMP, EVENT, EVENT.plusMillis(2)) + "&type=7")
                .path("result")
                .path("logs");

        assertThat(logs).hasSize(expected);
    }

    @Test
    void logs_filters_selectTypesAndCodes() {
        assertThat(logs(DemoWorld.SENSOR, "&codes=va_humidity&size=100").path("logs"))
                .hasSize(100)
                .allMatch(log -> log.path("code").textValue().equals("va_humidity"));
        JsonNode onlyOnline = caller.get(target(DemoWorld.PLUG, NOW.minus(Duration.ofDays(7)), NOW) + "&type=1%2C2")
                .path("result")
                .path("logs");
        assertThat(onlyOnline).hasSize(2);
    }

    @Test
    void logs_olderThanAWeek_areMissing() {
        fake.addLog(
                DemoWorld.LAMP,
                FakeLogEntry.report(NOW.minus(Duration.ofDays(8)), "switch_led", true),
                FakeLogEntry.report(NOW.minus(Duration.ofDays(6)), "switch_led", false));

        assertThat(logs(DemoWorld.LAMP, "").path("logs")).hasSize(1);
    }

    @Test
    void log_afterACommand_hasAnEntry() {
        caller.send(
                "POST",
                "/v1.0/iot-03/devices/" + DemoWorld.LAMP + "/commands",
                "{\"commands\":[{\"code\":\"switch_led\",\"value\":true}]}");

        JsonNode entry = logs(DemoWorld.LAMP, "").path("logs").get(0);
        assertThat(entry.path("code").textValue()).isEqualTo("switch_led");
        assertThat(entry.path("value").textValue()).isEqualTo("true");
        assertThat(entry.path("event_time").longValue()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void report_newValue_changesStatusAndLog() {
        fake.report(DemoWorld.SENSOR, "va_temperature", 199);

        assertThat(fake.device(DemoWorld.SENSOR).status("va_temperature")).isEqualTo(199L);
        assertThat(logs(DemoWorld.SENSOR, "").path("logs").get(0).path("value").textValue())
                .isEqualTo("199");
    }

    @ParameterizedTest
    @CsvSource({
        "start_time=1772366340000&end_time=1772366400000,1102,type param is null",
        "type=7&end_time=1772366400000,1102,start_time param is null",
        "type=7&start_time=1772366340000,1102,end_time param is null",
        "type=7&start_time=1772366340&end_time=1772366400000,1109,13 digits",
        "type=7&start_time=1772366400000&end_time=1772366340000,1109,after",
        "type=seven&start_time=1772366340000&end_time=1772366400000,1109,numbers",
        "type=7&start_time=1772366340000&end_time=1772366400000&query_type=2,1109,query_type",
        "type=7&start_time=1772366340000&end_time=1772366400000&start_row_key=x,1109,row key",
        "type=7&start_time=1772366340000&end_time=1772366400000&size=0,1101,size"
    })
    void logs_invalidParameters_areRefused(String query, int code, String message) {
        JsonNode response = caller.get("/v1.0/devices/" + DemoWorld.LAMP + "/logs?" + query);

        assertThat(response.path("code").intValue()).isEqualTo(code);
        assertThat(response.path("msg").textValue()).contains(message);
    }

    @Test
    void thingLogs_sameQuery_equalThoseOfTheDeprecatedCall() {
        String query = "/logs?type=1,2,7&query_type=1&size=5&start_time="
                + NOW.minusSeconds(86_400).toEpochMilli() + "&end_time=" + NOW.toEpochMilli();
        JsonNode deprecated =
                caller.get("/v1.0/devices/" + DemoWorld.PLUG + query).path("result");

        JsonNode result =
                caller.get("/v2.0/cloud/thing/" + DemoWorld.PLUG + query).path("result");

        assertThat(result).isEqualTo(deprecated);
        assertThat(result.path("logs")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"size", "query_type"})
    void thingLogs_requiredParameterMissing_isRefused(String missing) {
        String query =
                "?type=7&query_type=1&size=5&start_time=" + EVENT.toEpochMilli() + "&end_time=" + NOW.toEpochMilli();

        JsonNode response = caller.get(
                "/v2.0/cloud/thing/" + DemoWorld.PLUG + "/logs" + query.replaceAll("[?&]" + missing + "=[0-9]+", ""));

        assertThat(response.path("code").intValue()).isEqualTo(1102);
    }

    private JsonNode logs(String deviceId, String more) {
        return caller.get(target(deviceId, NOW.minus(Duration.ofDays(7)), NOW) + "&type=1,2,7&query_type=1" + more)
                .path("result");
    }

    private static String target(String deviceId, Instant start, Instant end) {
        return "/v1.0/devices/" + deviceId + "/logs?start_time=" + start.toEpochMilli() + "&end_time="
                + end.toEpochMilli();
    }
}
