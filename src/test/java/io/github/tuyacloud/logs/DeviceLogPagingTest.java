package io.github.tuyacloud.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeLogEntry;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.LogEntry;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.ManualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks reading a log of many pages: how much is read, where it stops, and how to continue. */
class DeviceLogPagingTest extends FakeCloudTest {

    private static final String ID = DemoWorld.GATEWAY;
    private static final String PATH = "/v1.0/devices/{id}/logs";

    @Test
    void getDeviceLog_size250_requestsPagesOf100And100And50() {
        addEvents(1000);

        DeviceLog log =
                cloud.getDeviceLog(ID, DeviceLogQuery.builder().size(250).build());

        assertThat(sizes()).containsExactly("100", "100", "50");
        assertThat(values(log)).isEqualTo(numbers(0, 250));
        assertThat(log.fetches()).isEqualTo(3);
        assertThat(log.hasNext()).isTrue();
        assertThat(log.nextRowKey()).isNotBlank();
    }

    @Test
    void getDeviceLog_continuedAtTheRowKey_neitherSkipsNorRepeats() {
        addEvents(620);
        List<String> all = new ArrayList<>();
        DeviceLog log =
                cloud.getDeviceLog(ID, DeviceLogQuery.builder().size(250).build());
        all.addAll(values(log));
        while (log.hasNext()) {
            log = cloud.getDeviceLog(
                    ID,
                    DeviceLogQuery.builder()
                            .size(250)
                            .startRowKey(log.nextRowKey())
                            .build());
            all.addAll(values(log));
        }

        assertThat(all).isEqualTo(numbers(0, 620));
        assertThat(sizes()).containsExactly("100", "100", "50", "100", "100", "50", "100", "100");
    }

    @Test
    void getDeviceLog_severalPages_keepsTheOtherMembersOfTheFirst() {
        fake.on("GET", PATH).fail(Fault.result(page("7", "K1"))).times(1);
        fake.on("GET", PATH).fail(Fault.result(page("8", "")));

        DeviceLog log = cloud.getDeviceLog(ID);

        assertThat(values(log)).containsExactly("7", "8");
        assertThat(log.extra()).isEqualTo(Map.of("current_row_key", "row7"));
        assertThat(log.hasNext()).isFalse();
    }

    private static Map<String, Object> page(String value, String nextRowKey) {
        return Map.of(
                "logs",
                List.of(Map.of("code", "a", "value", value)),
                "has_next",
                !nextRowKey.isEmpty(),
                "current_row_key",
                "row" + value,
                "next_row_key",
                nextRowKey);
    }

    @Test
    void getDeviceLog_followingPages_carryRowKeyAndTheSameWindow() {
        addEvents(150);

        cloud.getDeviceLog(ID);

        assertThat(requests()).hasSize(2);
        Map<String, String> second = new HashMap<>(requests().get(1).query());
        assertThat(second.remove("start_row_key")).isNotBlank();
        assertThat(second).isEqualTo(requests().get(0).query());
    }

    @Test
    void getDeviceLog_clockAdvances_keepsItsWindow() {
        addEvents(150);
        fake.on("GET", PATH).fail(Fault.code(1111, "busy")).times(1);

        cloud.getDeviceLog(ID);

        assertThat(requests())
                .hasSize(3)
                .extracting(request -> request.query().get("end_time"))
                .containsOnly("1709294400000");
    }

    @Test
    void getDeviceLog_fewerEventsThanRequested_returnsThem() {
        addEvents(130);

        DeviceLog log =
                cloud.getDeviceLog(ID, DeviceLogQuery.builder().size(250).build());

        assertThat(values(log)).isEqualTo(numbers(0, 130));
        assertThat(log.hasNext()).isFalse();
        assertThat(log.nextRowKey()).isNull();
    }

    @Test
    void getDeviceLog_size1_returnsOneAndARowKey() {
        addEvents(3);

        DeviceLog log = cloud.getDeviceLog(ID, DeviceLogQuery.builder().size(1).build());

        assertThat(values(log)).containsExactly("0");
        assertThat(log.hasNext()).isTrue();
    }

    @Test
    void getDeviceLog_maxFetches_limitsThePages() {
        addEvents(500);

        DeviceLog log =
                cloud.getDeviceLog(ID, DeviceLogQuery.builder().maxFetches(2).build());

        assertThat(values(log)).isEqualTo(numbers(0, 200));
        assertThat(log.fetches()).isEqualTo(2);
        assertThat(log.hasNext()).isTrue();
        assertThat(log.nextRowKey()).isNotNull();
    }

    @Test
    void getDeviceLog_noMaxFetches_readsAtMostFiftyPages() {
        addEvents(5100);

        DeviceLog log = cloud.getDeviceLog(ID);

        assertThat(log.logs()).hasSize(5000);
        assertThat(log.fetches()).isEqualTo(50);
        assertThat(log.hasNext()).isTrue();
    }

    @Test
    void getDeviceLog_manyEventsInOneMillisecond_losesNone() {
        fake.addLog(
                ID, Collections.nCopies(230, FakeLogEntry.report(ManualTime.START.minusSeconds(1), "switch_1", true)));

        assertThat(cloud.getDeviceLog(ID).logs())
                .hasSize(230)
                .extracting(LogEntry::row)
                .doesNotHaveDuplicates();
    }

    @Test
    void getDeviceLog_sameRowKeyAgain_stopsWithoutHasNext() {
        fake.on("GET", PATH).fail(page(true, "K", "a"));

        DeviceLog log = cloud.getDeviceLog(ID);

        assertThat(values(log)).containsExactly("a", "a");
        assertThat(log.fetches()).isEqualTo(2);
        assertThat(log.hasNext()).isFalse();
        assertThat(log.nextRowKey()).isEqualTo("K");
    }

    @Test
    void getDeviceLog_rowKeysInACircle_stops() {
        fake.on("GET", PATH).fail(page(true, "A", "1")).times(1);
        fake.on("GET", PATH).fail(page(true, "B", "2")).times(1);
        fake.on("GET", PATH).fail(page(true, "A", "3"));

        assertThat(values(cloud.getDeviceLog(ID))).containsExactly("1", "2", "3");
    }

    @Test
    void getDeviceLog_rowKeyLeadsBackToTheStart_stops() {
        fake.on("GET", PATH).fail(page(true, "A", "1"));

        DeviceLog log =
                cloud.getDeviceLog(ID, DeviceLogQuery.builder().startRowKey("A").build());

        assertThat(log.fetches()).isEqualTo(1);
        assertThat(log.hasNext()).isFalse();
    }

    @Test
    void getDeviceLog_emptyPage_stops() {
        fake.on("GET", PATH).fail(page(true, "A", "1")).times(1);
        fake.on("GET", PATH).fail(page(true, "B"));

        DeviceLog log = cloud.getDeviceLog(ID);

        assertThat(values(log)).containsExactly("1");
        assertThat(log.fetches()).isEqualTo(2);
    }

    @Test
    void getDeviceLog_missingRowKey_stops() {
        fake.on("GET", PATH).fail(page(true, null, "1"));

        assertThat(cloud.getDeviceLog(ID).fetches()).isEqualTo(1);
    }

    @Test
    void getDeviceLog_emptyRowKey_stops() {
        fake.on("GET", PATH).fail(page(true, "", "1"));

        assertThat(cloud.getDeviceLog(ID).fetches()).isEqualTo(1);
    }

    @Test
    void getDeviceLog_rowKeyButNoMore_stopsAndReturnsTheKey() {
        fake.on("GET", PATH).fail(page(false, "A", "1"));

        DeviceLog log = cloud.getDeviceLog(ID);

        assertThat(log.fetches()).isEqualTo(1);
        assertThat(log.hasNext()).isFalse();
        assertThat(log.nextRowKey()).isEqualTo("A");
    }

    @Test
    void getDeviceLog_startRowKeyParam_appliesToTheFirstPageOnly() {
        addEvents(150);
        fake.on("GET", PATH).fail(page(true, "1709294399000R0", "x")).times(1);

        cloud.getDeviceLog(
                ID, DeviceLogQuery.builder().param("start_row_key", "P").build());

        assertThat(requests())
                .extracting(request -> request.query().get("start_row_key"))
                .startsWith("P", "1709294399000R0");
    }

    private void addEvents(int count) {
        fake.addLog(
                ID,
                IntStream.range(0, count)
                        .mapToObj(i -> FakeLogEntry.report(ManualTime.START.minusMillis(i), "switch_1", i))
                        .toList());
    }

    private List<String> sizes() {
        return requests().stream().map(request -> request.query().get("size")).toList();
    }

    private static List<String> values(DeviceLog log) {
        return log.logs().stream().map(LogEntry::value).toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static Fault page(boolean hasNext, @Nullable String rowKey, String... values) {
        Map<String, Object> result = new HashMap<>();
        result.put("has_next", hasNext);
        if (rowKey != null) {
            result.put("next_row_key", rowKey);
        }
        result.put(
                "logs",
                List.of(values).stream().map(value -> Map.of("value", value)).toList());
        return Fault.result(result);
    }
}
