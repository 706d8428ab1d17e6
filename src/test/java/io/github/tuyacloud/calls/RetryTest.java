package io.github.tuyacloud.calls;

import static io.github.tuyacloud.BuilderHooks.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks which reads are retried, how often, and after which delays. */
class RetryTest extends FakeCloudTest {

    private static final Duration HALF = Duration.ofMillis(500);
    private static final Duration ONE = Duration.ofSeconds(1);

    static Stream<Arguments> passing() {
        return Stream.of(
                named("500 system error", Fault.code(500, "system error")),
                named("1110", Fault.code(1110, "concurrent request over limit")),
                named("1111", Fault.code(1111, "system is busy")),
                named("1112", Fault.code(1112, "being synchronised")),
                named("1199", Fault.code(1199, "requests too frequent")),
                named("HTTP 408", Fault.http(408)),
                named("HTTP 429", Fault.http(429)),
                named("HTTP 500", Fault.http(500)),
                named("HTTP 502 page", Fault.http(502, "text/html", "<html>Bad Gateway</html>")),
                named("HTTP 503", Fault.http(503)),
                named("HTTP 504", Fault.http(504)),
                named("HTTP 200 page", Fault.http(200, "text/html", "<html>Log in here</html>")),
                named("empty body", Fault.http(200)),
                named("no success", Fault.without("success")),
                named("half a body", Fault.truncatedBody()),
                named("no UTF-8", Fault.invalidUtf8()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void read_temporaryFailure_isRetriedAfterHalfASecond(String name, Fault fault) {
        fake.onAny().exceptToken().fail(fault).times(1);

        assertThat(cloud.getStatus(DemoWorld.PLUG).dataPoints()).hasSize(5);

        assertThat(requests()).hasSize(2);
        assertThat(time.sleeps()).containsExactly(HALF);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void read_temporaryFailureThatPersists_isSentThreeTimes(String name, Fault fault) {
        fake.onAny().exceptToken().fail(fault);

        assertThatExceptionOfType(TuyaException.class)
                .isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG))
                .satisfies(e -> {
                    assertThat(e.attempts()).isEqualTo(3);
                    assertThat(e.retryable()).isTrue();
                    assertThat(e.getSuppressed()).hasSize(2);
                    assertThat(e.operation()).isEqualTo("GET /v1.0/iot-03/devices/{id}/status");
                });
        assertThat(requests()).hasSize(3);
        assertThat(time.sleeps()).containsExactly(HALF, ONE);
    }

    static Stream<Arguments> lasting() {
        return Stream.of(
                named("1004", Fault.code(1004, "sign invalid")),
                named("1106", Fault.code(1106, "permission deny")),
                named("1108", Fault.code(1108, "uri path invalid")),
                named("1113", Fault.code(1113, "do not repeat")),
                named("1114", Fault.code(1114, "your ip don't have access")),
                named("2001", Fault.code(2001, "device is offline")),
                named("2007", Fault.code(2007, "cross-region")),
                named("60001001", Fault.code(60001001, "pool")),
                named("unknown code", Fault.code(424242, "new")),
                named(
                        "1106 with HTTP 500",
                        Fault.http(
                                500,
                                "application/json",
                                "{\"success\":false,\"code\":1106,\"msg\":\"permission deny\",\"t\":1}")),
                named("HTTP 403", Fault.http(403, "text/html", "<html></html>")),
                named("HTTP 404", Fault.http(404)),
                named("redirect", Fault.redirect(302, "https://example.com/")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lasting")
    void read_permanentFailure_isNotRetried(String name, Fault fault) {
        fake.onAny().exceptToken().fail(fault);

        assertThatExceptionOfType(TuyaException.class)
                .isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG))
                .satisfies(e -> {
                    assertThat(e.attempts()).isEqualTo(1);
                    assertThat(e.retryable()).isFalse();
                });
        assertThat(requests()).hasSize(1);
        assertThat(time.sleeps()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "503, 3, PT3S",
        "429, 7, PT7S",
        "503, 0, PT0S",
        "503, 'Fri, 01 Mar 2024 12:00:09 GMT', PT9S",
        "503, 'Fri, 01 Mar 2024 11:00:00 GMT', PT0S",
        "503, nonsense, PT0.5S",
        "503, -5, PT0.5S"
    })
    void read_retryAfter_isWaitedForExactly(int status, String header, Duration wait) {
        fake.onAny()
                .exceptToken()
                .fail(Fault.http(status).header("Retry-After", header))
                .times(1);

        cloud.getStatus(DemoWorld.PLUG);

        assertThat(requests()).hasSize(2);
        assertThat(time.sleeps()).containsExactly(wait);
    }

    @Test
    void read_retryAfterWithARefusal_isWaitedFor() {
        fake.onAny()
                .exceptToken()
                .fail(Fault.code(1110, "concurrent request over limit").header("Retry-After", "4"))
                .times(1);

        cloud.getStatus(DemoWorld.PLUG);

        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(4));
    }

    @Test
    void read_retryAfterBeyondTheTimeout_isNotWaitedFor() {
        fake.onAny().exceptToken().fail(Fault.http(503).header("Retry-After", "31"));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG))
                .satisfies(e -> assertThat(e.httpStatus()).isEqualTo(503));
        assertThat(requests()).hasSize(1);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void read_waitsReachingTheTimeout_endTheCall() {
        use(client().callTimeout(Duration.ofSeconds(2)).retryPolicy(RetryPolicy.of(9)));
        fake.onAny().exceptToken().fail(Fault.http(503));

        assertThatExceptionOfType(TuyaTransportException.class).isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG));
        assertThat(time.sleeps()).containsExactly(HALF, ONE);
    }

    @Test
    void read_customPolicy_doublesUpToTheMaximum() {
        use(client().retryPolicy(new RetryPolicy(5, ONE, Duration.ofSeconds(3))));
        fake.onAny().exceptToken().fail(Fault.http(503));

        assertThatExceptionOfType(TuyaTransportException.class).isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG));
        assertThat(time.sleeps())
                .containsExactly(
                        ONE,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3));
    }

    @Test
    void read_jitter_subtractsUpToAQuarter() {
        use(random(client(), () -> 0.5));
        fake.onAny().exceptToken().fail(Fault.http(503)).times(1);

        cloud.getStatus(DemoWorld.PLUG);

        assertThat(time.sleeps()).containsExactly(Duration.ofNanos(437_500_000));
    }

    @Test
    void read_noRetries_failsImmediately() {
        use(client().retryPolicy(RetryPolicy.none()));
        fake.onAny().exceptToken().fail(Fault.http(503));

        assertThatExceptionOfType(TuyaTransportException.class).isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG));
        assertThat(requests()).hasSize(1);
    }

    @Test
    void read_tokenCallFails_isRetried() {
        fake.onToken().fail(Fault.http(503)).times(2);

        assertThat(cloud.getStatus(DemoWorld.PLUG).dataPoints()).hasSize(5);
        assertThat(fake.tokenRequests()).isEqualTo(3);
        assertThat(time.sleeps()).containsExactly(HALF, ONE);
    }

    @Test
    void read_eachAttempt_hasItsOwnSignature() {
        fake.onAny().exceptToken().fail(Fault.http(503)).times(2);

        cloud.getStatus(DemoWorld.PLUG);

        assertThat(requests())
                .extracting(request -> request.header("t"))
                .containsExactly("1709294400000", "1709294400500", "1709294401500");
        assertThat(requests()).extracting(request -> request.header("sign")).doesNotHaveDuplicates();
    }

    @Test
    void read_redirect_isNotFollowed() {
        fake.onAny().exceptToken().fail(Fault.redirect(307, fake.endpoint() + "/v1.0/elsewhere"));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG))
                .withMessageContaining("the response is a redirect")
                .satisfies(e -> assertThat(e.httpStatus()).isEqualTo(307));
        assertThat(sent()).isEqualTo(List.of("GET /v1.0/iot-03/devices/" + DemoWorld.PLUG + "/status"));
    }

    private static Arguments named(String name, Fault fault) {
        return Arguments.of(name, fault);
    }
}
