package io.github.tuyacloud.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeLogEntry;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.EventType;
import io.github.tuyacloud.model.LogEntry;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.ManualTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the requests of a log query: window, event types, size, further parameters. */
class DeviceLogRequestTest extends FakeCloudTest {

    private static final String GATEWAY = DemoWorld.GATEWAY;
    private static final String ALL_TYPES = "1,2,3,4,5,6,7,8,9,10";
    private static final String NOW = "1709294400000";
    private static final String YESTERDAY = "1709208000000";

    @Test
    void getDeviceLog_noOptions_requestsAllEventsOfTheLastDay() {
        cloud.getDeviceLog(GATEWAY);

        assertThat(sent())
                .containsExactly("GET /v1.0/devices/" + GATEWAY
                        + "/logs?end_time=1709294400000&query_type=1&size=100&start_time=1709208000000"
                        + "&type=1,2,3,4,5,6,7,8,9,10");
        assertThat(requests().get(0).target())
                .isEqualTo("/v1.0/devices/" + GATEWAY + "/logs?end_time=1709294400000&query_type=1&size=100"
                        + "&start_time=1709208000000&type=1%2C2%2C3%2C4%2C5%2C6%2C7%2C8%2C9%2C10");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1709208000000, 1709294400000",
        "-1, 0, 1709208000000, 1709294400000",
        "-7, 0, 1708689600000, 1709294400000",
        "-3, -2, 1709035200000, 1709121600000",
        "0, -1, 1709121600000, 1709208000000",
        "1709200000, 0, 1709200000000, 1709294400000",
        "1709200000123, 0, 1709200000123, 1709294400000",
        "1709200000, 1709200001, 1709200000000, 1709200001000",
        "1709200000123, 1709200000456, 1709200000123, 1709200000456"
    })
    void getDeviceLog_documentedTimes_becomeMilliseconds(long start, long end, String startTime, String endTime) {
        ask(query -> query.start(start).end(end));

        assertThat(parameters()).containsEntry("start_time", startTime).containsEntry("end_time", endTime);
    }

    @Test
    void getDeviceLog_instants_areSentInMilliseconds() {
        ask(query ->
                query.start(Instant.parse("2024-02-29T01:02:03.004567Z")).end(Instant.parse("2024-02-29T02:00:00Z")));

        assertThat(parameters())
                .containsEntry("start_time", "1709168523004")
                .containsEntry("end_time", "1709172000000");
    }

    @ParameterizedTest
    @MethodSource("momentsBeyondTheCloud")
    void query_timeWithTooManyDigits_isRefused(Instant moment) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceLogQuery.builder().start(moment))
                .withMessageStartingWith("start is " + moment);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceLogQuery.builder().end(moment))
                .withMessageStartingWith("end is " + moment);
    }

    static Stream<Instant> momentsBeyondTheCloud() {
        return Stream.of(
                Instant.MIN,
                Instant.MAX,
                Instant.ofEpochMilli(Long.MIN_VALUE),
                Instant.ofEpochMilli(Long.MAX_VALUE),
                Instant.ofEpochMilli(9_999_999_999_999L).plusNanos(1),
                Instant.ofEpochMilli(-9_999_999_999_999L).minusNanos(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 64})
    void getDeviceLog_widestRange_isRequested(int windows) {
        Instant first = Instant.ofEpochMilli(-9_999_999_999_999L);
        Instant last = Instant.ofEpochMilli(9_999_999_999_999L);
        fake.on("GET", "/v1.0/devices/{id}/logs").fail(Fault.result(Map.of("logs", List.of())));

        ask(query -> query.start(first).end(last).parallel(windows));
        ask(query -> query.end(first).parallel(windows));

        assertThat(requests()).hasSize(2 * windows);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void getDeviceLog_eventTypes_becomeACommaList(UnaryOperator<DeviceLogQuery.Builder> kinds, String type) {
        ask(kinds);

        assertThat(parameters()).containsEntry("type", type);
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                kind(query -> query.eventTypes(EventType.ONLINE, EventType.DATA_REPORT), "1,7"),
                kind(query -> query.eventTypes(new EventType[0]), ALL_TYPES),
                kind(query -> query.eventTypes(7), "7"),
                kind(query -> query.eventTypes(10, 1), "10,1"),
                kind(query -> query.eventTypes("7"), "7"),
                kind(query -> query.eventTypes(" 1, 7 "), "1,7"),
                kind(query -> query.eventTypes(""), ALL_TYPES));
    }

    private static Arguments kind(UnaryOperator<DeviceLogQuery.Builder> kinds, String type) {
        return Arguments.of(kinds, type);
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 1", "99, 99", "100, 100", "101, 100", "2147483647, 100"})
    void getDeviceLog_size_isRequestedInPagesOfAtMostAHundred(int size, String asked) {
        ask(query -> query.size(size));

        assertThat(parameters()).containsEntry("size", asked);
    }

    @Test
    void getDeviceLog_startRowKey_isSent() {
        ask(query -> query.startRowKey("1709200000000R5"));

        assertThat(parameters()).containsEntry("start_row_key", "1709200000000R5");
    }

    @Test
    void getDeviceLog_params_areAddedAndOverride() {
        ask(query -> query.size(50)
                .param("codes", "switch_1,cur_power")
                .param("size", 20)
                .param("type", "7")
                .param("start_time", 1_709_200_000_000L));

        assertThat(parameters())
                .containsOnly(
                        Map.entry("codes", "switch_1,cur_power"),
                        Map.entry("end_time", NOW),
                        Map.entry("query_type", "1"),
                        Map.entry("size", "20"),
                        Map.entry("start_time", "1709200000000"),
                        Map.entry("type", "7"));
    }

    @Test
    void getDeviceLog_nothingSetButTypes_keepsTheDefaults() {
        ask(query -> query.eventTypes(7));

        assertThat(parameters())
                .containsOnly(
                        Map.entry("end_time", NOW),
                        Map.entry("query_type", "1"),
                        Map.entry("size", "100"),
                        Map.entry("start_time", YESTERDAY),
                        Map.entry("type", "7"));
    }

    @Test
    void getDeviceLog_response_isReadCompletely() {
        Instant reported = ManualTime.START.minusSeconds(60);
        fake.addLog(
                GATEWAY, FakeLogEntry.report(reported, "switch_1", true), FakeLogEntry.online(reported.minusMillis(1)));

        DeviceLog log = cloud.getDeviceLog(GATEWAY);

        assertThat(log.logs()).hasSize(2);
        LogEntry report = log.logs().get(0);
        assertThat(report.code()).isEqualTo("switch_1");
        assertThat(report.value()).isEqualTo("true");
        assertThat(report.eventTime()).isEqualTo(reported);
        assertThat(report.eventFrom()).isEqualTo("1");
        assertThat(report.eventId()).isEqualTo(7);
        assertThat(report.eventType()).isEqualTo(EventType.DATA_REPORT);
        assertThat(report.status()).isEqualTo("1");
        assertThat(report.row()).isNotBlank();
        assertThat(report.extra()).isEmpty();
        LogEntry online = log.logs().get(1);
        assertThat(online.code()).isNull();
        assertThat(online.value()).isNull();
        assertThat(online.eventType()).isEqualTo(EventType.ONLINE);
        assertThat(log.hasNext()).isFalse();
        assertThat(log.nextRowKey()).isNull();
        assertThat(log.fetches()).isEqualTo(1);
        assertThat(log.extra()).isEqualTo(Map.of("device_id", GATEWAY, "current_row_key", ""));
    }

    @Test
    void getDeviceLog_unknownKindOfEvent_keepsItsNumber() {
        fake.on("GET", "/v1.0/devices/{id}/logs")
                .fail(Fault.result(Map.of(
                        "has_next", false, "logs", List.of(Map.of("event_id", 99, "event_time", 1, "new", "x")))));

        LogEntry entry = cloud.getDeviceLog(GATEWAY).logs().get(0);

        assertThat(entry.eventId()).isEqualTo(99);
        assertThat(entry.eventType()).isEqualTo(EventType.OTHER);
        assertThat(entry.extra()).isEqualTo(Map.of("new", "x"));
    }

    @Test
    void getDeviceLog_cloudClockKnown_windowFollowsIt() {
        use(client().clock(Clock.offset(time, Duration.ofSeconds(-3600))));
        cloud.getStatus(DemoWorld.PLUG);
        fake.clearRequests();

        cloud.getDeviceLog(GATEWAY);

        // Half of the real round trip is added to the cloud's time.
        assertThat(Long.parseLong(parameters().get("end_time"))).isBetween(1_709_294_400_000L, 1_709_294_405_000L);
    }

    @Test
    void getDeviceLog_foreignDevice_throws() {
        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.getDeviceLog("bfforeign"))
                .satisfies(e -> assertThat(e.operation()).isEqualTo("GET /v1.0/devices/{id}/logs"));
    }

    @Test
    void getDeviceLog_listMissingOrNull_isEmpty() {
        for (Object result : List.of(Map.of("has_next", true), Collections.singletonMap("logs", null))) {
            fake.clearFaults().on("GET", "/v1.0/devices/{id}/logs").fail(Fault.result(result));

            assertThat(cloud.getDeviceLog(GATEWAY).logs()).as("%s", result).isEmpty();
        }
    }

    @Test
    void getDeviceLog_logsOfAnotherType_isUnusable() {
        fake.on("GET", "/v1.0/devices/{id}/logs").fail(Fault.result(Map.of("logs", "none")));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.getDeviceLog(GATEWAY))
                .withMessageContaining("the response cannot be used: \"logs\" is not a list");
    }

    private void ask(UnaryOperator<DeviceLogQuery.Builder> options) {
        cloud.getDeviceLog(GATEWAY, options.apply(DeviceLogQuery.builder()).build());
    }

    private Map<String, String> parameters() {
        return requests().get(0).query();
    }
}
