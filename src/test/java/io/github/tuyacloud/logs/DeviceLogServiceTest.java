package io.github.tuyacloud.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeLogEntry;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.LogEntry;
import io.github.tuyacloud.model.Scene;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks logs and scenes of projects without the deprecated services. */
class DeviceLogServiceTest extends FakeCloudTest {

    private static final String ID = DemoWorld.GATEWAY;
    private static final String DEPRECATED = "/v1.0/devices/{id}/logs";
    private static final String THING = "/v2.0/cloud/thing/{id}/logs";
    private static final Fault NOT_SUBSCRIBED = Fault.code(28841101, "No permissions. This API is not subscribed.");

    @BeforeEach
    void addEvents() {
        fake.addLog(
                ID,
                IntStream.range(0, 250)
                        .mapToObj(i -> FakeLogEntry.report(ManualTime.START.minusSeconds(10L * i), "a", i))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {28841101, 28841105, 28841106, 28841002, 28841102})
    void getDeviceLog_deprecatedServiceNotSubscribed_usesTheOtherCall(int code) {
        DeviceLog expected = cloud.getDeviceLog(ID);
        fake.on("GET", DEPRECATED).fail(Fault.code(code, "No permissions."));
        fake.clearRequests();

        DeviceLog log = cloud.getDeviceLog(ID);

        assertThat(log.logs()).hasSize(250).isEqualTo(expected.logs());
        assertThat(log.fetches()).isEqualTo(3);
        assertThat(log.hasNext()).isFalse();
        assertThat(templates()).containsExactly(DEPRECATED, THING, THING, THING);
        Map<String, String> refused = requests().get(0).query();
        assertThat(refused).isEqualTo(requests().get(1).query()).containsKeys("size", "query_type");
    }

    @Test
    void getDeviceLog_secondTime_remembersWhichCallWorks() {
        fake.on("GET", DEPRECATED).fail(NOT_SUBSCRIBED);
        cloud.getDeviceLog(ID, query().maxFetches(1).build());
        fake.clearRequests();

        cloud.getDeviceLog(ID, query().maxFetches(1).build());
        cloud.streamDeviceLog(DemoWorld.PLUG, query().build()).toList();

        assertThat(templates()).containsOnly(THING);
    }

    @Test
    void setRegion_anyRegion_forgetsWhichCallWorks() {
        fake.on("GET", DEPRECATED).fail(NOT_SUBSCRIBED).times(1);
        cloud.getDeviceLog(ID, query().maxFetches(1).build());
        fake.clearRequests();

        cloud.setRegion("cn");
        cloud.getDeviceLog(ID, query().maxFetches(1).build());

        assertThat(templates()).containsExactly(DEPRECATED);
    }

    @Test
    void getDeviceLog_deprecatedCallWorks_neverUsesTheOther() {
        cloud.getDeviceLog(ID);
        cloud.getDeviceLog(ID, query().parallel(3).build());

        assertThat(templates()).containsOnly(DEPRECATED);
    }

    @Test
    void getDeviceLog_refusedOnALaterPage_throws() {
        fake.on("GET", DEPRECATED).fail(NOT_SUBSCRIBED).skip(1);

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.getDeviceLog(ID))
                .satisfies(e -> assertThat(e.code()).isEqualTo(28841101));
        assertThat(templates()).containsExactly(DEPRECATED, DEPRECATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1106, 2010, 28841001, 28841004, 28841104})
    void getDeviceLog_refusedForAnotherReason_throws(int code) {
        fake.on("GET", DEPRECATED).fail(Fault.code(code, "no"));

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.getDeviceLog(ID))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
        assertThat(templates()).containsExactly(DEPRECATED);
    }

    @Test
    void getDeviceLog_bothRefused_throwsTheFirstAndNamesBoth() {
        fake.on("GET", DEPRECATED).fail(NOT_SUBSCRIBED);
        fake.on("GET", THING).fail(Fault.code(28841106, "No permissions. This API is not subscribed."));

        for (int i = 0; i < 2; i++) {
            fake.clearRequests();
            assertThatExceptionOfType(TuyaAuthException.class)
                    .isThrownBy(() -> cloud.getDeviceLog(ID))
                    .satisfies(e -> {
                        assertThat(e.code()).isEqualTo(28841101);
                        assertThat(e.operation()).isEqualTo("GET " + DEPRECATED);
                        assertThat(e.tid()).isNotBlank();
                        assertThat(e.attempts()).isEqualTo(1);
                        assertThat(e.getSuppressed()).hasSize(1);
                    })
                    .withMessageContainingAll(
                            "GET " + DEPRECATED, "28841101", "GET " + THING, "28841106", "Subscribe the project");
            // Neither call is held back, because the service may have been subscribed in the meantime.
            assertThat(templates()).containsExactly(DEPRECATED, THING);
        }
    }

    @Test
    void getDeviceLog_planExpired_asksBothOnceAndThenNeither() {
        fake.onAny().exceptToken().fail(Fault.code(28841002, "Your plan has expired."));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getDeviceLog(ID))
                .satisfies(e -> assertThat(e.code()).isEqualTo(28841002))
                .satisfies(e -> assertThat(e.operation()).isEqualTo("GET " + DEPRECATED))
                .withMessageContainingAll("GET " + THING, "My Subscriptions");
        assertThat(templates()).containsExactly(DEPRECATED, THING);
        fake.clearRequests();
        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getDeviceLog(ID))
                .satisfies(e -> assertThat(e.code()).isEqualTo(28841002))
                .withMessageContaining("not sent");
        assertThat(templates()).isEmpty();
    }

    @Test
    void getDeviceLog_otherCallUnreachable_throwsAndRemembersNothing() {
        fake.on("GET", DEPRECATED).fail(NOT_SUBSCRIBED);
        fake.on("GET", THING).fail(Fault.http(504, "text/html", "<html>"));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.getDeviceLog(ID))
                .satisfies(e -> assertThat(e.operation()).isEqualTo("GET " + THING))
                .satisfies(e -> assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(TuyaAuthException.class));
        fake.clearFaults().clearRequests();
        cloud.getDeviceLog(ID);
        assertThat(templates()).containsOnly(DEPRECATED);
    }

    @Test
    void getDeviceLog_rememberedCallRefusedLater_returnsToTheFirstCall() {
        fake.on("GET", DEPRECATED).fail(NOT_SUBSCRIBED).times(1);
        cloud.getDeviceLog(ID);
        fake.on("GET", THING).fail(NOT_SUBSCRIBED);
        fake.clearRequests();

        assertThat(cloud.getDeviceLog(ID).logs()).hasSize(250);

        assertThat(templates()).containsExactly(THING, DEPRECATED, DEPRECATED, DEPRECATED);
    }

    @Test
    void getDeviceLog_parallel_choosesTheCallFirst() {
        fake.on("GET", DEPRECATED).fail(NOT_SUBSCRIBED);

        DeviceLog log = cloud.getDeviceLog(ID, query().parallel(8).build());

        assertThat(log.logs()).hasSize(250);
        assertThat(templates()).startsWith(DEPRECATED, THING);
        assertThat(fake.requestCount("GET", DEPRECATED)).isEqualTo(1);
        fake.clearRequests();
        cloud.getDeviceLog(ID, query().parallel(8).build());
        assertThat(fake.requestCount("GET", DEPRECATED)).isZero();
    }

    @Test
    void streamDeviceLog_deprecatedServiceNotSubscribed_usesTheOtherCall() {
        fake.on("GET", DEPRECATED).fail(NOT_SUBSCRIBED);

        assertThat(cloud.streamDeviceLog(ID, query().build())).hasSize(250);

        assertThat(templates()).containsExactly(DEPRECATED, THING, THING, THING);
    }

    @Test
    void getDeviceLog_pageEqualToThePreviousOne_stops() {
        fake.on("GET", DEPRECATED).fail(page("K1")).times(1);
        fake.on("GET", DEPRECATED).fail(page("K2")).times(1);
        fake.on("GET", DEPRECATED).fail(page("K3"));

        DeviceLog log = cloud.getDeviceLog(ID);

        assertThat(log.logs()).extracting(LogEntry::value).containsExactly("1");
        assertThat(log.fetches()).isEqualTo(2);
        assertThat(log.hasNext()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {28841105, 28841002})
    void scenes_deprecatedServiceNotSubscribed_usesTheOtherCall(int code) {
        String home = Long.toString(DemoWorld.HOME);
        List<Scene> expected = cloud.homes().scenes(home);
        fake.on("GET", "/v1.0/homes/{home_id}/scenes").fail(Fault.code(code, "No permissions."));
        fake.clearRequests();

        List<Scene> scenes = cloud.homes().scenes(home);

        assertThat(scenes)
                .extracting(Scene::id, Scene::name, Scene::enabled)
                .isEqualTo(expected.stream()
                        .map(scene -> tuple(scene.id(), scene.name(), scene.enabled()))
                        .toList());
        assertThat(scenes).allSatisfy(scene -> assertThat(scene.actions()).isEmpty());
        assertThat(sent())
                .containsExactly(
                        "GET /v1.0/homes/" + home + "/scenes",
                        "GET /v2.0/cloud/scene/rule?page_no=1&page_size=20&space_id=" + home + "&type=scene");
    }

    @Test
    void scenes_severalPages_areAllRead() {
        fake.on("GET", "/v1.0/homes/{home_id}/scenes").fail(NOT_SUBSCRIBED);
        fake.on("GET", "/v2.0/cloud/scene/rule").fail(rules(true, "a", "b")).times(1);
        fake.on("GET", "/v2.0/cloud/scene/rule").fail(rules(true, "b", "c")).times(1);
        fake.on("GET", "/v2.0/cloud/scene/rule").fail(rules(true, "c"));

        assertThat(cloud.homes().scenes(Long.toString(DemoWorld.HOME)))
                .extracting(Scene::id)
                .containsExactly("a", "b", "c");

        assertThat(requests()).hasSize(4).last().satisfies(request -> assertThat(request.query())
                .containsEntry("page_no", "3"));
    }

    @Test
    void scenes_alwaysOneMorePage_endsAtTheMaximum() {
        use(client().maxListSize(3));
        fake.on("GET", "/v1.0/homes/{home_id}/scenes").fail(NOT_SUBSCRIBED);
        fake.on("GET", "/v2.0/cloud/scene/rule").fail(rules(true, "a", "b")).times(1);
        fake.on("GET", "/v2.0/cloud/scene/rule").fail(rules(true, "c", "d")).times(1);

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.homes().scenes(Long.toString(DemoWorld.HOME)))
                .withMessageContaining("the list has more than 3 scenes, the maximum");
        assertThat(requests()).hasSize(3);
    }

    private static Fault rules(boolean hasMore, String... ids) {
        return Fault.result(Map.of(
                "list",
                Arrays.stream(ids)
                        .map(id -> Map.of("id", id, "status", "disable"))
                        .toList(),
                "has_more",
                hasMore));
    }

    @Test
    void trigger_deprecatedServiceNotSubscribed_usesTheOtherCall() {
        String home = Long.toString(DemoWorld.HOME);
        fake.on("POST", "/v1.0/homes/{home_id}/scenes/{scene_id}/trigger").fail(NOT_SUBSCRIBED);

        assertThat(cloud.homes().trigger(home, DemoWorld.EVENING_SCENE)).isTrue();

        assertThat(sent())
                .containsExactly(
                        "POST /v1.0/homes/" + home + "/scenes/" + DemoWorld.EVENING_SCENE + "/trigger",
                        "POST /v2.0/cloud/scene/rule/" + DemoWorld.EVENING_SCENE + "/actions/trigger");
    }

    @Test
    void trigger_bothRefused_throwsTheFirstAndNamesBoth() {
        fake.on("POST", "/v1.0/homes/{home_id}/scenes/{scene_id}/trigger").fail(NOT_SUBSCRIBED);
        fake.on("POST", "/v2.0/cloud/scene/rule/{rule_id}/actions/trigger").fail(Fault.code(1106, "permission deny"));

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.homes().trigger(Long.toString(DemoWorld.HOME), DemoWorld.EVENING_SCENE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(28841101))
                .withMessageContainingAll(
                        "/scenes/{id}/trigger", "/v2.0/cloud/scene/rule/{id}/actions/trigger", "1106");
    }

    private List<String> templates() {
        return requests().stream().map(FakeRequest::template).toList();
    }

    private static DeviceLogQuery.Builder query() {
        return DeviceLogQuery.builder().start(ManualTime.START.minus(Duration.ofHours(1)));
    }

    private static Fault page(String rowKey) {
        Map<String, Object> result = new HashMap<>();
        result.put("has_next", true);
        result.put("next_row_key", rowKey);
        result.put("logs", List.of(Map.of("value", "1", "event_time", 1_709_294_000_000L)));
        return Fault.result(result);
    }
}
