package io.github.tuyacloud.calls;

import static io.github.tuyacloud.BuilderHooks.sleeper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.BuilderHooks;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that an exhausted plan and the rate limit hold requests back. */
class LimitsTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;

    @ParameterizedTest
    @ValueSource(ints = {28841001, 28841002, 28841003, 28841004})
    void call_planRefusedBefore_failsFastForTenMinutes(int code) {
        fake.onAny().exceptToken().fail(Fault.code(code, "No permissions")).times(1);
        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));
        time.advance(Duration.ofMinutes(1));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getDps(PLUG))
                .withMessageContaining("not sent: the cloud said " + code + " No permissions")
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.attempts()).isZero();
                    assertThat(e.tid()).isNotBlank();
                    assertThat(e.hint()).isNotBlank();
                    assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(9));
                });
        assertThat(requests()).hasSize(1);

        time.advance(Duration.ofMinutes(9));
        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
    }

    @Test
    void call_planOfAnotherServiceExpired_isSent() {
        fake.addEndpoint("GET", "/v2.0/infrareds/{id}/remotes", List.of());
        fake.on("GET", "/v2.0/infrareds/{id}/remotes").fail(Fault.code(28841002, "plan has expired"));
        String remotes = "/v2.0/infrareds/" + PLUG + "/remotes";
        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.cloudRequest(remotes));

        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.cloudRequest(remotes))
                .satisfies(e -> assertThat(e.attempts()).isZero());
    }

    @ParameterizedTest
    @ValueSource(ints = {28841102, 28841103, 28841104})
    void call_otherApiRefusedBefore_isSent(int code) {
        fake.on("GET", "/v1.0/iot-03/devices/{id}/status").fail(Fault.code(code, "No permissions"));
        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.getStatus(PLUG));

        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.getStatus(DemoWorld.LAMP));
        assertThat(cloud.getDps(PLUG).status()).isNotEmpty();
        assertThat(requests()).hasSize(2);
    }

    @Test
    void call_devicePoolUsedUpBefore_isSent() {
        fake.onAny()
                .exceptToken()
                .fail(Fault.code(60001001, "pool quota is insufficient"))
                .times(1);
        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .satisfies(e -> assertThat(e.hint()).contains("Reading still works"));

        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
    }

    @Test
    void call_tooManyRequestsAfterAllRetries_isAQuotaExceptionWithTheWait() {
        fake.onAny()
                .exceptToken()
                .fail(Fault.code(1199, "requests too frequent").header("Retry-After", "2"));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .satisfies(e -> {
                    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(2));
                    assertThat(e.retryable()).isTrue();
                    assertThat(e.attempts()).isEqualTo(3);
                });
    }

    @Test
    void requestsPerSecond_set_spacesAllRequestsEvenly() {
        use(client().requestsPerSecond(2));

        cloud.getStatus(PLUG);
        cloud.getStatus(PLUG);

        Duration half = Duration.ofMillis(500);
        assertThat(time.sleeps()).containsExactly(half, half);
        assertThat(fake.requests())
                .extracting(request -> request.header("t"))
                .containsExactly("1709294400000", "1709294400500", "1709294401000");
    }

    @Test
    void requestsPerSecond_afterAPause_allowsNoBurst() {
        use(client().requestsPerSecond(4));
        cloud.getStatus(PLUG);
        time.advance(Duration.ofSeconds(60));

        cloud.getStatus(PLUG);
        cloud.getStatus(PLUG);

        Duration quarter = Duration.ofMillis(250);
        assertThat(time.sleeps()).containsExactly(quarter, quarter);
    }

    @Test
    void requestsPerSecond_waitBeyondTheTimeout_failsUnsent() {
        use(client().requestsPerSecond(0.01));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageContaining("not sent: requestsPerSecond leaves no slot within the call timeout of 30 s")
                .satisfies(e -> assertThat(e.code()).isEqualTo(-1));
        assertThat(requests()).isEmpty();
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void requestsPerSecond_notSet_neverWaits() {
        for (int i = 0; i < 20; i++) {
            cloud.getStatus(PLUG);
        }

        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void call_rateLimitedWhileThePlanIsRefused_isNotSent() {
        AtomicBoolean armed = new AtomicBoolean(true);
        use(sleeper(client().requestsPerSecond(2), wait -> {
            time.sleep(wait);
            if (armed.getAndSet(false)) {
                assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.getDps(PLUG));
            }
        }));
        fake.onAny().exceptToken().fail(Fault.code(28841004, "trial used up"));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageContaining("not sent: the cloud said 28841004");

        assertThat(requests()).hasSize(1);
        assertThat(cloud.usage().total()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"3, 2, 8, 3", "3, 2, 2, 2", "0.01, 30, 8, 1", "100, 30, 8, 8", "2, 30, 64, 30"})
    void requestsPerSecond_slowerThanConcurrentCalls_lowersTheirNumber(
            double rate, long timeoutSeconds, int maxConcurrency, int effective) {
        TuyaCloudBuilder builder = client().requestsPerSecond(rate)
                .callTimeout(Duration.ofSeconds(timeoutSeconds))
                .maxConcurrency(maxConcurrency);

        assertThat(BuilderHooks.maxConcurrency(builder)).isEqualTo(effective);
    }
}
