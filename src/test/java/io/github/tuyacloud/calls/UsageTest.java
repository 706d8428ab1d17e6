package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.Usage;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks how requests are counted: by endpoint, by month, and against a budget. */
class UsageTest extends FakeCloudTest {

    @Test
    void usage_newClient_isZeroSinceItsStart() {
        assertThat(cloud.usage()).isEqualTo(new Usage(0, Map.of(), ManualTime.START));
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void usage_calls_areCountedByEndpointTokensIncluded() {
        cloud.getStatus(DemoWorld.PLUG);
        cloud.getStatus(DemoWorld.LAMP);
        cloud.sendCommand(DemoWorld.PLUG, Command.of("switch_1", true));
        cloud.cloudRequest("/v1.0/devices/" + DemoWorld.PLUG + "?x=1");
        cloud.cloudRequest("/v1.0/homes/44154302/rooms");

        assertThat(cloud.usage())
                .isEqualTo(new Usage(
                        6,
                        Map.of(
                                "GET /v1.0/token", 1L,
                                "GET /v1.0/iot-03/devices/{id}/status", 2L,
                                "POST /v1.0/iot-03/devices/{id}/commands", 1L,
                                "GET /v1.0/devices/{id}", 1L,
                                "GET /v1.0/homes/{id}/rooms", 1L),
                        ManualTime.START));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1.0/devices/bf0a1b/commands, /v1.0/devices/{id}/commands",
        "/v1.0/homes/1600008315/scenes/aBcD/trigger, /v1.0/homes/{id}/scenes/{id}/trigger",
        "/v1.0/3rdcloud/devices/x9/bind, /v1.0/3rdcloud/devices/{id}/bind",
        "/v1/devices/x9, /v1/devices/{id}",
        "/v1.0/devices/live-datas, /v1.0/devices/live-datas",
        "/v1.0/devices/livingroomlamp, /v1.0/devices/livingroomlamp",
        "/v1.0/devices/factory-infos, /v1.0/devices/factory-infos",
        "/v1.0/iot-01/associated-users/devices, /v1.0/iot-01/associated-users/devices",
        "/v2.0/cloud/thing/batch, /v2.0/cloud/thing/batch",
        "/v1.0/users/login, /v1.0/users/login"
    })
    void usage_pathOfCloudRequest_isFolded(String path, String folded) {
        fake.onAny().exceptToken().fail(Fault.result(Map.of()));

        cloud.cloudRequest(path);

        assertThat(cloud.usage().byEndpoint()).containsKey("GET " + folded);
    }

    @Test
    void usage_everyAttempt_counts() {
        fake.on("GET", "/v1.0/iot-03/devices/{id}/status").fail(Fault.http(503)).times(2);

        cloud.getStatus(DemoWorld.PLUG);

        assertThat(cloud.usage().byEndpoint()).containsEntry("GET /v1.0/iot-03/devices/{id}/status", 3L);
    }

    @Test
    void usage_nextMonthInUtc_startsAtZero() {
        cloud.getStatus(DemoWorld.PLUG);
        time.advance(Duration.between(ManualTime.START, Instant.parse("2024-03-31T23:59:59Z")));
        assertThat(cloud.usage().total()).isEqualTo(2);

        time.advance(Duration.ofSeconds(1));

        assertThat(cloud.usage()).isEqualTo(new Usage(0, Map.of(), Instant.parse("2024-04-01T00:00:00Z")));
    }

    @Test
    void monthlyBudget_usedUp_refusesWithoutSending() {
        use(client().monthlyBudget(3));
        cloud.getStatus(DemoWorld.PLUG);
        cloud.getStatus(DemoWorld.PLUG);

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(-1);
                    assertThat(e.httpStatus()).isEqualTo(-1);
                    assertThat(e.attempts()).isZero();
                    assertThat(e.retryable()).isFalse();
                    assertThat(e.operation()).isEqualTo("GET /v1.0/iot-03/devices/{id}/status");
                    assertThat(e.retryAfter())
                            .isEqualTo(Duration.between(ManualTime.START, Instant.parse("2024-04-01T00:00:00Z")));
                    assertThat(e.hint()).contains("Raise monthlyBudget");
                })
                .withMessageContaining("the monthly budget of 3 requests is used up until 2024-04-01T00:00:00Z");
        assertThat(fake.requestCount()).isEqualTo(3);
    }

    @Test
    void monthlyBudget_nextMonth_isRestored() {
        use(client().monthlyBudget(2));
        cloud.getStatus(DemoWorld.PLUG);
        time.advance(Duration.ofDays(31));

        assertThat(cloud.getStatus(DemoWorld.PLUG).dataPoints()).isNotEmpty();
    }

    @Test
    void monthlyBudget_usedUpByTheToken_refusesTheFollowingCall() {
        use(client().monthlyBudget(1));

        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG));
        assertThat(fake.requestCount()).isEqualTo(1);
    }

    @Test
    void monthlyBudget_retries_areWithinIt() {
        use(client().monthlyBudget(2));
        fake.onAny().exceptToken().fail(Fault.http(503));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(fake.requestCount()).isEqualTo(2);
    }

    /** This path once held back getConnectStatus for ten minutes. */
    @Test
    void cloudRequest_refusedWord_holdsBackNoDevice() {
        fake.on("GET", "/v1.0/devices/live-datas").fail(Fault.code(28841104, "No permissions."));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/devices/live-datas"))
                .satisfies(e -> assertThat(e.operation()).isEqualTo("GET /v1.0/devices/live-datas"));

        assertThat(cloud.getConnectStatus(DemoWorld.PLUG)).isTrue();
        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/devices/live-datas"))
                .withMessageContaining("not sent");
        assertThat(cloud.usage().byEndpoint())
                .containsEntry("GET /v1.0/devices/live-datas", 1L)
                .containsEntry("GET /v1.0/devices/{id}", 1L);
    }

    @Test
    void cloudRequest_refusedForOneDevice_holdsBackOnlyThatPath() {
        fake.on("GET", "/v1.0/devices/" + DemoWorld.PLUG).times(1).fail(Fault.code(28841104, "No permissions."));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/devices/" + DemoWorld.PLUG));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/devices/" + DemoWorld.PLUG))
                .withMessageContaining("not sent");
        assertThat(cloud.cloudRequest("/v1.0/devices/" + DemoWorld.SENSOR).json())
                .contains(DemoWorld.SENSOR);
        assertThat(cloud.getConnectStatus(DemoWorld.PLUG)).isTrue();
    }

    @Test
    void documentedCall_refusedForOneDevice_holdsBackAllDevices() {
        fake.on("GET", "/v1.0/devices/{id}/logs").fail(Fault.code(28841104, "No permissions."));

        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.getDeviceLog(DemoWorld.PLUG));

        long before = fake.requestCount();
        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getDeviceLog(DemoWorld.SENSOR))
                .withMessageContaining("not sent");
        assertThat(fake.requestCount()).isEqualTo(before);
    }
}
