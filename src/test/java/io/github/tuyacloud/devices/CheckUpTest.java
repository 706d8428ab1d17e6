package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.model.CheckUpReport;
import io.github.tuyacloud.model.CheckUpReport.Finding;
import io.github.tuyacloud.model.CheckUpReport.Outcome;
import io.github.tuyacloud.model.CheckUpReport.Subject;
import io.github.tuyacloud.support.FakeCloudTest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the findings of a check-up for each way in which a project can be incomplete. */
class CheckUpTest extends FakeCloudTest {

    private static final String DEVICES = "/v1.0/iot-01/associated-users/devices";
    private static final String LOGS = "/v1.0/devices/{id}/logs";
    private static final String THING_LOGS = "/v2.0/cloud/thing/{id}/logs";
    private static final String HANDSHAKE = "/ws/v2/consumer/persistent/{accessId}/out/{topic}/{subscription}";

    @Test
    void checkUp_completeProject_isHealthyAfterAtMostTenRequests() {
        CheckUpReport report = checkUp();

        assertThat(report.isHealthy()).as("%s", report).isTrue();
        assertThat(report.findings()).extracting(Finding::subject).containsExactly(Subject.values());
        assertThat(outcomes(report, Outcome.OK))
                .containsExactly(
                        Subject.KEY,
                        Subject.CLOCK,
                        Subject.DEVICES,
                        Subject.STATUS,
                        Subject.SPECIFICATION,
                        Subject.THING_MODEL,
                        Subject.LOGS,
                        Subject.HOMES,
                        Subject.SCENES,
                        Subject.MESSAGES);
        assertThat(find(report, Subject.DEVICES).detail()).isEqualTo("5 devices of 2 linked accounts");
        assertThat(find(report, Subject.CLOCK).detail()).isEqualTo("0 s ahead of the cloud");
        assertThat(find(report, Subject.LOGS).detail()).isEqualTo("the deprecated call works");
        assertThat(find(report, Subject.HOMES).detail()).isEqualTo("1 home");
        assertThat(fake.requests())
                .extracting(FakeRequest::template)
                .containsExactly(
                        "/v1.0/token",
                        DEVICES,
                        "/v1.0/iot-03/devices/{id}/status",
                        "/v1.1/devices/{id}/specifications",
                        "/v2.0/cloud/thing/{id}/model",
                        LOGS,
                        "/v1.0/users/{uid}/homes",
                        "/v1.0/homes/{home_id}/scenes",
                        HANDSHAKE);
        assertThat(fake.messages().handshakes()).isEqualTo(1);
        assertThat(fake.messages().connections()).isZero();
        assertThat(cloud.usage().total()).isEqualTo(8);
    }

    @Test
    void toString_anyReport_fitsIn80ColumnsAndNamesNothing() {
        fake.onAny().exceptToken().fail(Fault.code(28841101, "No permissions for Kitchen plug at 203.0.113.7"));

        for (String table : List.of(
                checkUp().toString(),
                use(client().apiSecret("wrong0secret0wrong0secret")).checkUp().toString())) {
            assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
            assertThat(table)
                    .doesNotContain(
                            fake.apiKey(), fake.apiSecret(), "wrong0secret", "Kitchen", "203.0.113.7", "127.0.0.1");
            fake.devices()
                    .forEach(device -> assertThat(table).doesNotContain(device.id(), device.uid(), device.name()));
        }
    }

    @Test
    void toString_completeProject_isATable() {
        assertThat(checkUp().toString().lines())
                .startsWith(
                        "Check-up of a Tuya project in region cn",
                        "ok           key and data center  cn accepts the key",
                        "ok           clock                0 s ahead of the cloud",
                        "ok           linked devices       5 devices of 2 linked accounts",
                        "ok           status               works");
    }

    @ParameterizedTest
    @CsvSource({"1004, sign invalid", "1005, clientId invalid", "2009, clientId is invalid", "28841107, suspended"})
    void checkUp_keyNotAccepted_stopsAfterTheTokenAndNamesDetectRegion(int code, String message) {
        fake.onToken().fail(Fault.code(code, message));

        CheckUpReport report = checkUp();

        assertThat(report.isHealthy()).isFalse();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo(Subject.KEY);
            assertThat(finding.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(finding.code()).isEqualTo(Integer.toString(code));
            assertThat(finding.advice()).contains("detectRegion");
        });
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void checkUp_noResponse_isReportedOnce() {
        fake.onAny().fail(Fault.http(502, "text/html", "<html>"));

        CheckUpReport report = checkUp();

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.outcome()).isEqualTo(Outcome.NO_RESPONSE);
            assertThat(finding.detail()).isEqualTo("no usable response (HTTP 502)");
        });
        assertThat(fake.requests()).hasSize(1);
    }

    static Stream<Arguments> services() {
        return Stream.of(
                Arguments.of(DEVICES, Subject.DEVICES, "IoT Core"),
                Arguments.of("/v1.0/iot-03/devices/{id}/status", Subject.STATUS, "IoT Core"),
                Arguments.of("/v1.1/devices/{id}/specifications", Subject.SPECIFICATION, "IoT Core"),
                Arguments.of("/v2.0/cloud/thing/{id}/model", Subject.THING_MODEL, "IoT Core"),
                Arguments.of("/v1.0/users/{uid}/homes", Subject.HOMES, "Smart Home Basic Service"),
                Arguments.of("/v1.0/homes/{home_id}/scenes", Subject.SCENES, "[Deprecate] Smart Home Scene Linkage"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void checkUp_oneServiceNotSubscribed_namesItAndChecksTheOthers(String path, Subject subject, String service) {
        use(client().apiDeviceId(DemoWorld.PLUG));
        fake.on("GET", path).fail(Fault.code(28841101, "No permissions. This API is not subscribed."));

        CheckUpReport report = checkUp();

        assertThat(outcomes(report, Outcome.REFUSED)).containsExactly(subject);
        assertThat(find(report, subject).code()).isEqualTo("28841101");
        assertThat(find(report, subject).advice()).contains("Subscribe \"" + service + "\"");
        List<Subject> dependent = subject == Subject.HOMES
                ? List.of(Subject.SCENES, Subject.GATEWAY)
                : subject == Subject.DEVICES ? List.of(Subject.CLOCK, Subject.GATEWAY) : List.of(Subject.GATEWAY);
        assertThat(outcomes(report, Outcome.NOT_CHECKED)).isEqualTo(dependent);
        assertThat(report.isHealthy()).isFalse();
        assertThat(fake.requests()).hasSizeLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("services")
    void checkUp_oneServiceWithoutUsableResponse_isReported(String path, Subject subject, String service) {
        fake.on("GET", path).fail(Fault.result("odd"));

        CheckUpReport report = checkUp();

        assertThat(outcomes(report, Outcome.NO_RESPONSE)).containsExactly(subject);
        assertThat(find(report, subject).detail()).isEqualTo("no usable response (HTTP 200)");
    }

    @Test
    void checkUp_deprecatedLogsNotSubscribed_usesTheThingModel() {
        fake.on("GET", LOGS).fail(Fault.code(28841105, "not authorized"));

        CheckUpReport report = checkUp();

        assertThat(find(report, Subject.LOGS).outcome()).isEqualTo(Outcome.OK);
        assertThat(find(report, Subject.LOGS).detail()).isEqualTo("the thing model's call works");
    }

    @Test
    void checkUp_bothLogsRefused_namesBothServices() {
        fake.on("GET", LOGS).fail(Fault.code(28841105, "not authorized"));
        fake.on("GET", THING_LOGS).fail(Fault.code(28841101, "not subscribed"));

        Finding logs = find(checkUp(), Subject.LOGS);

        assertThat(logs.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(logs.code()).isEqualTo("28841105");
        assertThat(logs.advice()).contains("[Deprecate] Device Log Query", "IoT Core");
    }

    @Test
    void checkUp_everyCheckNeeded_takesAtMostTenRequests() {
        use(client().apiDeviceId(DemoWorld.PLUG));
        fake.on("GET", DEVICES).fail(Fault.result(Map.of("devices", List.of())));
        fake.on("GET", LOGS).fail(Fault.code(28841105, "not authorized"));

        CheckUpReport report = checkUp();

        assertThat(fake.requests()).hasSize(10);
        assertThat(find(report, Subject.SCENES).detail()).isEqualTo("would exceed the maximum number of requests");
        assertThat(find(report, Subject.DEVICES).outcome()).isEqualTo(Outcome.ATTENTION);
        assertThat(find(report, Subject.STATUS).outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void checkUp_noLinkedDevices_advisesToLinkTheAccount() {
        fake.devices().forEach(device -> fake.removeDevice(device.id()));

        CheckUpReport report = checkUp();

        Finding devices = find(report, Subject.DEVICES);
        assertThat(devices.outcome()).isEqualTo(Outcome.ATTENTION);
        assertThat(devices.advice()).contains("Link the app account", "detectRegion");
        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.NOT_CHECKED)
                .extracting(finding -> finding.subject() + ": " + finding.detail())
                .containsExactly(
                        "STATUS: no device to check this with",
                        "SPECIFICATION: no device to check this with",
                        "THING_MODEL: no device to check this with",
                        "LOGS: no device to check this with",
                        "HOMES: no app user to check this with",
                        "SCENES: no home to check this with",
                        "GATEWAY: does not name its software");
        assertThat(find(report, Subject.MESSAGES).outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void checkUp_deviceWithoutDataPoints_isNotARefusal() {
        fake.devices().forEach(device -> fake.removeDevice(device.id()));
        fake.addDevice(
                FakeDevice.builder("bf01gate", DemoWorld.gateway()).uid("eu01").build());

        assertThat(find(checkUp(), Subject.SPECIFICATION).outcome()).isEqualTo(Outcome.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "-900, ATTENTION, 900 s behind the cloud",
        "120, ATTENTION, 120 s ahead of the cloud",
        "30, OK, 30 s ahead of the cloud"
    })
    void checkUp_clockIsOff_reportsTheDifference(long seconds, Outcome outcome, String detail) {
        use(client().clock(Clock.offset(time, Duration.ofSeconds(seconds))));

        Finding clock = find(checkUp(), Subject.CLOCK);

        assertThat(clock.outcome()).isEqualTo(outcome);
        assertThat(clock.detail()).isEqualTo(detail);
    }

    @Test
    void checkUp_duringACoolDown_ignoresAndKeepsIt() {
        fake.on("GET", "/v1.0/iot-03/devices/{id}/status")
                .fail(Fault.code(28841004, "quota used up"))
                .times(1);
        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG));

        assertThat(checkUp().isHealthy()).isTrue();

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG))
                .withMessageContaining("not sent");
    }

    @Test
    void checkUp_planRefused_startsNoCoolDownAndRetriesNothing() {
        fake.onAny().exceptToken().fail(Fault.code(28841002, "plan has expired"));
        CheckUpReport report = checkUp();
        assertThat(find(report, Subject.DEVICES).code()).isEqualTo("28841002");
        fake.clearFaults();

        assertThat(cloud.getStatus(DemoWorld.PLUG).dataPoints()).isNotEmpty();
        fake.on("GET", DEVICES).fail(Fault.code(1111, "busy"));
        fake.clearRequests();
        checkUp();
        assertThat(fake.requestCount("GET", DEVICES)).isEqualTo(1);
    }

    @Test
    void checkUp_whileASubscriptionRuns_doesNotDisturbIt() throws InterruptedException {
        SubscriptionOptions options = SubscriptionOptions.builder()
                .endpoint(fake.messages().endpoint())
                .build();
        try (MessageSubscription subscription = cloud.messages().subscribe(message -> {}, options)) {
            assertThat(subscription.awaitConnected(Duration.ofSeconds(20))).isTrue();

            Finding messages = find(checkUp(), Subject.MESSAGES);

            assertThat(messages.outcome()).isEqualTo(Outcome.OK);
            assertThat(messages.detail()).contains("another program is connected");
            assertThat(fake.messages().connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, REFUSED, Device Status Notification",
        "403, REFUSED, Message Service",
        "404, REFUSED, messaging rule",
        "400, REFUSED, messaging rule",
        "500, REFUSED, Try again later"
    })
    void checkUp_handshakeRefused_givesAdvice(int status, Outcome outcome, String advice) {
        fake.messages().refuseConnections(status, 1);

        Finding messages = find(checkUp(), Subject.MESSAGES);

        assertThat(messages.outcome()).isEqualTo(outcome);
        assertThat(messages.detail()).endsWith("(HTTP " + status + ")");
        assertThat(messages.advice()).contains(advice);
    }

    @Test
    void checkUp_messageServiceUnreachable_isReported() throws IOException {
        int port;
        try (MockWebServer closed = new MockWebServer()) {
            closed.start();
            port = closed.getPort();
        }

        Finding messages = find(cloud.checkUp("ws://127.0.0.1:" + port), Subject.MESSAGES);

        assertThat(messages.outcome()).isEqualTo(Outcome.NO_RESPONSE);
        assertThat(messages.advice()).contains("8285");
    }

    @Test
    void checkUp_gatewayNamesItsSoftware_isReported() throws IOException {
        try (MockWebServer gateway = new MockWebServer()) {
            gateway.enqueue(new MockResponse.Builder()
                    .code(409)
                    .addHeader("Server", "Jetty(9.4.35.v20201120)")
                    .build());
            gateway.start();

            CheckUpReport report = cloud.checkUp("ws://127.0.0.1:" + gateway.getPort());

            assertThat(find(report, Subject.GATEWAY).outcome()).isEqualTo(Outcome.OK);
            assertThat(find(report, Subject.GATEWAY).detail()).isEqualTo("Jetty(9.4.35.v20201120)");
            assertThat(find(report, Subject.MESSAGES).outcome()).isEqualTo(Outcome.OK);
        }
    }

    @Test
    void checkUp_endpointOnly_doesNotContactTheRealMessageService() {
        CheckUpReport report = cloud.checkUp();

        assertThat(find(report, Subject.MESSAGES).outcome()).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(fake.messages().handshakes()).isZero();
        assertThat(report.isHealthy()).isTrue();
    }

    @Test
    void checkUp_malformedMessageEndpoint_isRefusedAndSendsNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> cloud.checkUp("not a url"));
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void checkUp_interrupted_throws() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(TuyaInterruptedException.class).isThrownBy(this::checkUp);

        assertThat(Thread.interrupted()).isTrue();
    }

    private CheckUpReport checkUp() {
        return cloud.checkUp(fake.messages().endpoint());
    }

    private static Finding find(CheckUpReport report, Subject subject) {
        return report.find(subject).orElseThrow();
    }

    private static List<Subject> outcomes(CheckUpReport report, Outcome outcome) {
        return report.findings().stream()
                .filter(finding -> finding.outcome() == outcome)
                .map(Finding::subject)
                .toList();
    }
}
