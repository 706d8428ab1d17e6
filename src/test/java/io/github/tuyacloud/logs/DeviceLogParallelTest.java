package io.github.tuyacloud.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeLogEntry;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.LogEntry;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.ManualTime;
import io.github.tuyacloud.support.ScriptedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks logs read in concurrent windows: every entry once, in the order of a single pass. */
class DeviceLogParallelTest extends FakeCloudTest {

    private static final String ID = DemoWorld.GATEWAY;
    private static final Instant END = ManualTime.START;

    @Test
    void getDeviceLog_fourWindows_equalASinglePass() {
        fake.addLog(
                ID,
                IntStream.range(0, 1000)
                        .mapToObj(i -> FakeLogEntry.report(END.minusSeconds(4L * i), "a", i))
                        .toList());
        DeviceLog single = cloud.getDeviceLog(ID, last(Duration.ofSeconds(4000)).build());
        fake.clearRequests();

        DeviceLog log = cloud.getDeviceLog(
                ID, last(Duration.ofSeconds(4000)).parallel(4).build());

        assertThat(log.logs()).hasSize(1000).isEqualTo(single.logs());
        assertThat(log.hasNext()).isFalse();
        assertThat(log.nextRowKey()).isNull();
        assertThat(log.fetches()).isEqualTo(requests().size()).isEqualTo(12);
        assertThat(windows())
                .containsExactlyInAnyOrder(
                        "-4000000..-2999000", "-3001000..-1999000", "-2001000..-999000", "-1001000..0");
    }

    @ParameterizedTest
    @CsvSource({"2500, 64, 2", "2000, 64, 2", "1999, 64, 1", "0, 64, 1", "5000, 2, 2", "64000, 64, 64"})
    void getDeviceLog_shortRange_hasNoWindowOfLessThanASecond(long millis, int wanted, int windows) {
        cloud.getDeviceLog(ID, last(Duration.ofMillis(millis)).parallel(wanted).build());

        assertThat(requests()).hasSize(windows);
    }

    @Test
    void getDeviceLog_oneWindowRefused_throws() {
        fake.on("GET", "/v1.0/devices/{id}/logs")
                .fail(Fault.code(2010, "device not exist"))
                .skip(1);

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.getDeviceLog(
                        ID, last(Duration.ofSeconds(60)).parallel(3).build()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(2010));
    }

    @Test
    void streamDeviceLog_windows_areReadWhenConsumed() {
        fake.addLog(
                ID,
                IntStream.range(0, 10)
                        .mapToObj(i -> FakeLogEntry.report(END.minusSeconds(i), "a", i))
                        .toList());

        try (Stream<LogEntry> stream = cloud.streamDeviceLog(
                ID, last(Duration.ofSeconds(60)).parallel(3).build())) {
            assertThat(requests()).isEmpty();
            assertThat(stream.map(LogEntry::value)).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        }
        assertThat(requests()).hasSize(3);
    }

    @Test
    void getDeviceLog_entriesOfTheOverlap_areKeptByOneWindowEach() {
        assertThat(join("500 0 -500", "500 0 -500")).containsExactly("500", "0", "-500");
    }

    @Test
    void getDeviceLog_newestFirst_returnsTheNewerWindowFirst() {
        assertThat(join("900 800", "-800 -900")).containsExactly("900", "800", "-800", "-900");
    }

    @Test
    void getDeviceLog_oldestFirst_returnsTheOlderWindowFirst() {
        assertThat(join("800 900", "-800")).containsExactly("-800", "800", "900");
        assertThat(join("800", "-900 -800")).containsExactly("-900", "-800", "800");
    }

    @Test
    void getDeviceLog_twoEventsOutOfOrder_doNotReverseTheLog() {
        assertThat(join("800 810", "-700 -800 -900")).containsExactly("800", "810", "-700", "-800", "-900");
        assertThat(join("900 910 905 800", "-800")).containsExactly("900", "910", "905", "800", "-800");
        assertThat(join("800 790", "-900 -800 -700")).containsExactly("-900", "-800", "-700", "800", "790");
        assertThat(join("800 810", "-800 -900")).containsExactly("800", "810", "-800", "-900");
    }

    @Test
    void getDeviceLog_windowThatEndsEarly_hasNext() {
        assertThat(read(
                        page("800"),
                        "{\"success\":true,\"result\":" + "{\"has_next\":true,\"next_row_key\":\"K\",\"logs\":[]}}"))
                .satisfies(log -> {
                    assertThat(log.hasNext()).isTrue();
                    assertThat(log.nextRowKey()).isNull();
                    assertThat(log.logs()).hasSize(1);
                    assertThat(log.fetches()).isEqualTo(2);
                });
        assertThat(read(page("800"), page("-800")))
                .satisfies(log -> assertThat(log.hasNext()).isFalse());
    }

    @Test
    void getDeviceLog_windowWhoseRowKeysRepeat_hasNext() {
        DeviceLog log =
                read(page("800").replace("\"has_next\":false", "\"has_next\":true,\"next_row_key\":\"K\""), page(""));

        assertThat(log.hasNext()).isTrue();
        assertThat(log.nextRowKey()).isNull();
        assertThat(log.fetches()).isEqualTo(3);
    }

    @Test
    void getDeviceLog_unknownOrder_isNewestFirst() {
        assertThat(join("800 800", "-900 -900")).containsExactly("800", "800", "-900", "-900");
        assertThat(join("none 800", "-900")).containsExactly("none", "800", "-900");
        assertThat(join("800 none", "-900")).containsExactly("800", "none", "-900");
        assertThat(join("800", "-900")).containsExactly("800", "-900");
        assertThat(join("", "-900")).containsExactly("-900");
    }

    @Test
    void getDeviceLog_windows_keepTheExtraMembersOfTheFirst() {
        try (ScriptedCloud scripted = new ScriptedCloud()) {
            scripted.response(path(END), "{\"success\":true,\"result\":{\"logs\":[],\"note\":\"newer\"}}");
            scripted.response(
                    path(END.minusSeconds(4)), "{\"success\":true,\"result\":{\"logs\":[],\"note\":\"older\"}}");
            try (TuyaCloud client = scripted.client().build()) {
                DeviceLog log = client.getDeviceLog(
                        "bf1", last(Duration.ofSeconds(10)).parallel(2).build());

                assertThat(log.extra()).containsEntry("note", "newer");
                assertThat(log.fetches()).isEqualTo(2);
            }
        }
    }

    /** Reads ten seconds in two windows; entries are named by their milliseconds from the seam. */
    private static List<String> join(String newer, String older) {
        return read(page(newer), page(older)).logs().stream()
                .map(LogEntry::value)
                .toList();
    }

    private static DeviceLog read(String newer, String older) {
        try (ScriptedCloud scripted = new ScriptedCloud()) {
            scripted.response(path(END), newer);
            scripted.response(path(END.minusSeconds(4)), older);
            try (TuyaCloud client = scripted.client().build()) {
                return client.getDeviceLog(
                        "bf1", last(Duration.ofSeconds(10)).parallel(2).build());
            }
        }
    }

    private static String path(Instant end) {
        return "/v1.0/devices/bf1/logs?end_time=" + end.toEpochMilli() + "&";
    }

    private static String page(String entries) {
        Instant seam = END.minusSeconds(5);
        List<String> logs = Stream.of(entries.split(" "))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> "{\"code\":\"a\",\"event_id\":7,\"value\":\"" + entry + "\""
                        + (entry.equals("none")
                                ? ""
                                : ",\"event_time\":" + (seam.toEpochMilli() + Long.parseLong(entry)))
                        + "}")
                .toList();
        return "{\"success\":true,\"result\":{\"has_next\":false,\"logs\":" + logs + "}}";
    }

    private List<String> windows() {
        return requests().stream()
                .map(request -> fromEnd(request.query().get("start_time")) + ".."
                        + fromEnd(request.query().get("end_time")))
                .distinct()
                .toList();
    }

    private static long fromEnd(String millis) {
        return Long.parseLong(millis) - END.toEpochMilli();
    }

    private static DeviceLogQuery.Builder last(Duration range) {
        return DeviceLogQuery.builder().start(END.minus(range)).end(END);
    }
}
