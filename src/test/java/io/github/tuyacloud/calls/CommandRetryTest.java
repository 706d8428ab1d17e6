package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.UnconnectedSockets;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a command is retried only if it definitely had no effect. */
class CommandRetryTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;
    private static final Command ON = Command.of("switch_1", true);

    @BeforeEach
    void fetchToken() {
        cloud.getStatus(PLUG);
        fake.clearRequests();
    }

    static Stream<Arguments> doubtful() {
        return Stream.of(
                Arguments.of("HTTP 503", Fault.http(503)),
                Arguments.of("HTTP 503 at once", Fault.http(503).header("Retry-After", "0")),
                Arguments.of("HTTP 408", Fault.http(408)),
                Arguments.of("HTTP 500", Fault.http(500)),
                Arguments.of("HTTP 502 page", Fault.http(502, "text/html", "<html></html>")),
                Arguments.of("HTTP 200 page", Fault.http(200, "text/html", "<html></html>")),
                Arguments.of("redirect", Fault.redirect(307, "/v1.0/x")),
                Arguments.of("disconnect", Fault.disconnect()),
                Arguments.of("half a body", Fault.truncatedBody().withoutCarryingOut()),
                Arguments.of("no success", Fault.without("success").withoutCarryingOut()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("doubtful")
    void command_outcomeUnknown_isSentOnceAndMayHaveBeenCarriedOut(String name, Fault fault) {
        fake.onAny().exceptToken().fail(fault);

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .satisfies(e -> {
                    assertThat(e.sent()).isEqualTo(Sent.MAYBE);
                    assertThat(e.attempts()).isEqualTo(1);
                });
        assertThat(fake.requestCount()).isEqualTo(1);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void command_responseLost_wasCarriedOutOnce() {
        fake.onAny().exceptToken().fail(Fault.loseResponse());

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .satisfies(e -> assertThat(e.hint()).contains("read the device's status before sending it again"));
        assertThat(fake.commands(PLUG)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 1111, 1112, 1103, 2001, 2008, 424242})
    void command_refusalAfterPossibleExecution_isSentOnce(int code) {
        fake.onAny().exceptToken().fail(Fault.code(code, "no"));

        assertThatExceptionOfType(TuyaException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
        assertThat(fake.requestCount()).isEqualTo(1);
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                Arguments.of("HTTP 429", Fault.http(429)),
                Arguments.of("1110", Fault.code(1110, "concurrent request over limit")),
                Arguments.of("1199", Fault.code(1199, "requests too frequent")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void command_refusedBeforeExecution_isRetried(String name, Fault fault) {
        fake.onAny().exceptToken().fail(fault).times(2);

        assertThat(cloud.sendCommand(PLUG, ON)).isTrue();

        assertThat(fake.requestCount()).isEqualTo(3);
        assertThat(fake.commands(PLUG)).hasSize(1);
        assertThat(time.sleeps()).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void put_refusedBeforeExecution_isRetried(String name, Fault fault) {
        fake.onAny().exceptToken().fail(fault).times(1);

        cloud.cloudRequest("/v1.0/devices/" + PLUG, "PUT", Map.of("name", "x"), null);

        assertThat(fake.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "POST"})
    void write_disconnected_isSentOnce(String action) {
        fake.onAny().exceptToken().fail(Fault.disconnect());

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/devices/" + PLUG, action, null, null));
        assertThat(fake.requestCount()).isEqualTo(1);
    }

    @Test
    void command_connectionRefused_isRetried() {
        refuseConnections(2);
        fake.clearRequests();

        assertThat(cloud.sendCommand(PLUG, ON)).isTrue();

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(0);
        assertThat(fake.commands(PLUG)).hasSize(1);
        assertThat(time.sleeps()).hasSize(2);
    }

    @Test
    void command_connectionAlwaysRefused_wasNotSent() {
        refuseConnections(100);

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .satisfies(e -> {
                    assertThat(e.sent()).isEqualTo(Sent.NO);
                    assertThat(e.attempts()).isEqualTo(3);
                    assertThat(e.retryable()).isTrue();
                    assertThat(e.httpStatus()).isEqualTo(-1);
                });
        assertThat(fake.commands(PLUG)).isEmpty();
    }

    @Test
    void command_tokenRejected_isRetriedAfterRenewal() {
        fake.expireTokens();

        assertThat(cloud.sendCommand(PLUG, ON)).isTrue();

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(1010, 0, 0);
        assertThat(fake.commands(PLUG)).hasSize(1);
    }

    @Test
    void command_tokenCallFails_wasDefinitelyNotSent() {
        fake.expireTokens();
        fake.onToken().fail(Fault.disconnect());

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .withMessageContaining("POST /v1.0/iot-03/devices/{id}/commands failed: not sent: no access token")
                .withMessageContaining("GET /v1.0/token failed: no response")
                .satisfies(e -> {
                    assertThat(e.sent()).isEqualTo(Sent.NO);
                    assertThat(e.retryable()).isTrue();
                });
        assertThat(fake.commands(PLUG)).isEmpty();
    }

    /** Lets the next connections fail; the token has been fetched. */
    private void refuseConnections(int count) {
        AtomicInteger refusals = new AtomicInteger();
        OkHttpClient own = new OkHttpClient.Builder()
                .socketFactory(UnconnectedSockets.connectingAfter(() -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new ConnectException("Connection refused");
                    }
                }))
                .build();
        use(client().httpClient(own));
        cloud.getStatus(PLUG);
        own.connectionPool().evictAll();
        refusals.set(count);
    }
}
