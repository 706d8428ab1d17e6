package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.model.AccessMode;
import io.github.tuyacloud.model.CloudRequest;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceListOptions;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.EventType;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that invalid arguments are refused with advice, and that no request is sent. */
class BadArgumentsTest extends FakeCloudTest {

    private static final DeviceLogQuery ALL = DeviceLogQuery.builder().build();
    private static final Command ON = Command.of("switch_1", true);

    /** Every method that takes a device id. */
    static Stream<BiConsumer<TuyaCloud, String>> callsWithId() {
        return Stream.of(
                TuyaCloud::getStatus,
                TuyaCloud::getFunctions,
                TuyaCloud::getProperties,
                TuyaCloud::getDps,
                TuyaCloud::getConnectStatus,
                TuyaCloud::getDeviceLog,
                (cloud, id) -> cloud.getDeviceLog(id, ALL),
                (cloud, id) -> cloud.streamDeviceLog(id, ALL).count(),
                (cloud, id) -> cloud.sendCommand(id, ON),
                (cloud, id) -> cloud.sendCommand(id, List.of(ON)),
                (cloud, id) -> cloud.sendCommand(id, Map.of(), "devices/"),
                (cloud, id) -> cloud.getMapping("product", id));
    }

    @ParameterizedTest
    @MethodSource("callsWithId")
    void call_idOfAMillionCharacters_isRefusedAndSendsNothing(BiConsumer<TuyaCloud, String> call) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.accept(cloud, "x".repeat(1_000_000)))
                .withMessageContaining("has 1000000 characters")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
        assertThat(fake.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "a/", "%2f", ".", "a"})
    @Timeout(20)
    void call_pathOfMillionsOfParts_isRefusedAndSendsNothing(String part) {
        String path = part.repeat(1_000_000);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/" + path))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.sendCommand(DemoWorld.PLUG, Map.of(), path + "b"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
        assertThat(fake.requestCount()).isZero();
    }

    /** This would take hours if each parameter were added to a copy of all earlier ones. */
    @Test
    @Timeout(20)
    void call_hundredThousandParametersWithOneTwice_isRefused() {
        StringBuilder url = new StringBuilder("/v1.0/devices?");
        for (int i = 0; i < 100_000; i++) {
            url.append('p').append(i).append("=1&");
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest(url + "p0=2"))
                .withMessageContaining("The query parameter \"p0\" is given twice");
    }

    @Test
    void call_hostileWords_areQuotedInOneLine() {
        String hostile = "x\n2026 WARN forged\u001b\u202e";
        assertThat(Stream.<ThrowingCallable>of(
                                () -> cloud.cloudRequest("/a?b\n=1&b\n=2"),
                                () -> cloud.cloudRequest("/a", hostile, null, null),
                                () -> cloud.cloudRequest(hostile),
                                () -> cloud.sendCommand(DemoWorld.PLUG, Map.of(), hostile),
                                () -> cloud.things().properties(DemoWorld.PLUG, hostile + ","),
                                () -> cloud.things()
                                        .setProperties(DemoWorld.PLUG, Command.of(hostile, 1), Command.of(hostile, 2)),
                                () -> Command.of(hostile, Double.NaN),
                                () -> Command.checked(DpMapping.of(Map.of()), hostile, 1),
                                () -> CloudRequest.get("/a").query(hostile, 1).query(hostile, 2),
                                () -> new CloudRequest(hostile, "/a", Map.of(), null),
                                () -> DeviceLogQuery.builder().eventTypes(hostile),
                                () -> AccessMode.of(hostile),
                                () -> TuyaCloud.builder().region(hostile))
                        .map(Assertions::catchThrowable))
                .allSatisfy(thrown -> assertThat(thrown)
                        .isInstanceOf(IllegalArgumentException.class)
                        .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]")));
    }

    @ParameterizedTest
    @MethodSource("callsWithId")
    void call_idThatWouldChangeThePath_isRefusedAndSendsNothing(BiConsumer<TuyaCloud, String> call) {
        for (String id : List.of(
                "a/b",
                "..",
                "../x",
                "a..b",
                ".",
                "a?b",
                "a#b",
                "a b",
                "a%2fb",
                "a\\b",
                "a\nb",
                "a\u0000b",
                "a&b",
                "a,b",
                "a;b",
                "/",
                "K\u00fcche",
                "bf12\r\nX: y")) {
            assertThatIllegalArgumentException()
                    .as(id)
                    .isThrownBy(() -> call.accept(cloud, id))
                    .withMessageContaining("is invalid: an id contains no slash")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
        }
        assertThat(fake.requestCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("callsWithId")
    void call_blankId_explainsWhereToFindIds(BiConsumer<TuyaCloud, String> call) {
        for (String id : List.of("", " ", "\t")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> call.accept(cloud, id))
                    .withMessageContaining("The id is empty: pass the id of a device as listed by getDevices()");
        }
        assertThat(fake.requestCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("callsWithId")
    void call_nullId_isRefused(BiConsumer<TuyaCloud, String> call) {
        assertThatNullPointerException().isThrownBy(() -> call.accept(cloud, null));
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void getDevices_malformedApiDeviceId_isRefusedAndSendsNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> use(client().apiDeviceId("a/b")).getDevices())
                .withMessageContaining("an id contains no slash");
        assertThat(fake.requestCount()).isZero();
    }

    static Stream<Consumer<TuyaCloud>> callsWithNull() {
        return Stream.of(
                cloud -> cloud.getDevices(null),
                cloud -> cloud.getDeviceLog("bf1", null),
                cloud -> cloud.streamDeviceLog("bf1", null),
                cloud -> cloud.sendCommand("bf1", (Command[]) null),
                cloud -> cloud.sendCommand("bf1", (Command) null),
                cloud -> cloud.sendCommand("bf1", (List<Command>) null),
                cloud -> cloud.sendCommand("bf1", null, "devices/"),
                cloud -> cloud.sendCommand("bf1", Map.of(), null),
                cloud -> cloud.cloudRequest(null, null, null, null),
                cloud -> Command.of(null, true),
                cloud -> Command.of("switch_1", null),
                cloud -> Device.fromMap(null),
                cloud -> DeviceListOptions.builder().oldList(null),
                cloud -> DeviceLogQuery.builder().start((Instant) null),
                cloud -> DeviceLogQuery.builder().end((Instant) null),
                cloud -> DeviceLogQuery.builder().eventTypes((String) null),
                cloud -> DeviceLogQuery.builder().eventTypes((EventType) null),
                cloud -> DeviceLogQuery.builder().startRowKey(null),
                cloud -> DeviceLogQuery.builder().param(null, 1),
                cloud -> DeviceLogQuery.builder().param("codes", null));
    }

    @ParameterizedTest
    @MethodSource("callsWithNull")
    void call_nullArgument_isRefused(Consumer<TuyaCloud> call) {
        assertThatNullPointerException().isThrownBy(() -> call.accept(cloud));
        assertThat(fake.requestCount()).isZero();
    }

    static Stream<Consumer<TuyaCloud>> allCalls() {
        return Stream.concat(
                callsWithId().map(call -> cloud -> call.accept(cloud, DemoWorld.PLUG)),
                Stream.of(
                        TuyaCloud::getDevices,
                        TuyaCloud::getDevicesVerbose,
                        cloud -> cloud.filterDevices(List.of(Device.fromMap(Map.of("id", "bf1")))),
                        cloud -> cloud.getMappings(List.of(Device.fromMap(Map.of("id", "bf1", "product_id", "p")))),
                        cloud -> cloud.cloudRequest("/v1.0/x")));
    }

    @ParameterizedTest
    @MethodSource("allCalls")
    void call_closedClient_throwsIllegalState(Consumer<TuyaCloud> call) {
        cloud.getStatus(DemoWorld.PLUG);
        fake.clearRequests();
        cloud.close();

        assertThatIllegalStateException().isThrownBy(() -> call.accept(cloud)).withMessageContaining("closed");
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void close_twice_hasNoEffect() {
        cloud.close();
        cloud.close();

        assertThat(cloud.usage().total()).isZero();
    }

    @Test
    void getDeviceLog_startAfterEnd_advisesToSwapThem() {
        DeviceLogQuery backwards = DeviceLogQuery.builder()
                .start(1_709_200_001L)
                .end(1_709_200_000L)
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.getDeviceLog("bf1", backwards))
                .withMessage("The log would start at 2024-02-29T09:46:41Z, after its end at 2024-02-29T09:46:40Z:"
                        + " swap start and end");
        assertThat(fake.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999_999_999, 10_000_000_000L, 999_999_999_999L, 10_000_000_000_000L, Long.MAX_VALUE})
    void logQuery_timeOfAnotherLength_listsTheValidLengths(long time) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceLogQuery.builder().start(time).build())
                .withMessageStartingWith("start is " + time + ": use a Unix time in seconds (10 digits)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceLogQuery.builder().end(time).build())
                .withMessageContaining("a negative number of days");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_709_200_000L, Long.MIN_VALUE})
    void logQuery_absurdNumberOfDays_isRefused(long time) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceLogQuery.builder().start(time).build())
                .withMessageContaining("negative counts days before now");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, -1, 99})
    void logQuery_unknownEventType_listsTheKnownOnes(int id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceLogQuery.builder().eventTypes(id).build())
                .withMessageContaining("Unknown event type " + id + ": use 1 ONLINE, 2 OFFLINE, 3 ACTIVATION");
    }

    @ParameterizedTest
    @CsvSource({"'1,x', numbers from 1 to 10", "'1,,7', numbers from 1 to 10", "'1,11', Unknown event type 11"})
    void logQuery_malformedListOfEventTypes_showsTheFormat(String list, String advice) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceLogQuery.builder().eventTypes(list).build())
                .withMessageContaining(advice);
    }

    @Test
    void logQuery_negativeSize_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceLogQuery.builder().size(-1).build())
                .withMessage("size must be 0 (all) or more, not -1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void logQuery_maxFetchesBelowOne_isRefused(int pages) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceLogQuery.builder().maxFetches(pages).build())
                .withMessage("maxFetches must be 1 or more, not " + pages);
    }

    @Test
    void device_withoutId_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Device.fromMap(Map.of("name", "nameless")))
                .withMessageContaining("no id");
    }
}
