package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the effect of each kind of fault, and whether the request is carried out. */
@DisplayName("FakeTuyaCloud, faults")
@Timeout(30)
class FakeTuyaCloudFaultTest extends CalledFake {
    private static final String STATUS_TEMPLATE = "/v1.0/iot-03/devices/{id}/status";

    @Test
    void code_once_isReturnedOnceWithoutEffect() {
        FaultRule rule = fake.onAny().fail(Fault.code(1010, "token is expired")).times(1);

        JsonNode refused = command();
        assertThat(refused.path("code").intValue()).isEqualTo(1010);
        assertThat(refused.path("msg").textValue()).isEqualTo("token is expired");
        assertNotExecuted();
        assertThat(command().path("success").booleanValue()).isTrue();
        assertThat(rule.applied()).isEqualTo(1);
    }

    @Test
    void code_afterCarryingOut_isReturnedAfterTheEffect() {
        fake.onAny().fail(Fault.code(500, "system error").afterCarryingOut());

        assertThat(command().path("code").intValue()).isEqualTo(500);
        assertExecutedOnce();
    }

    @Test
    void http_statusBodyAndHeaders_areThoseSet() {
        fake.on("GET", STATUS_TEMPLATE)
                .fail(Fault.http(503, "text/html", "<h1>Busy</h1>").header("Retry-After", "0"));

        HttpResponse<String> response = caller.request("GET", STATUS).exchange();

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("<h1>Busy</h1>");
        assertThat(response.headers().firstValue("Retry-After")).contains("0");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(last().httpStatus()).isEqualTo(503);
        assertThat(last().code()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307})
    void redirect_anyStatus_hasTheLocation(int status) {
        fake.onAny().fail(Fault.redirect(status, "http://127.0.0.2:9/elsewhere"));

        HttpResponse<String> response = caller.request("GET", STATUS).exchange();

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Location")).contains("http://127.0.0.2:9/elsewhere");
    }

    @Test
    void disconnect_onACommand_hasNoResponseAndNoEffect() {
        fake.onAny().fail(Fault.disconnect());

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::command);
        assertNotExecuted();
        assertThat(last().httpStatus()).isEqualTo(-1);
    }

    @Test
    void loseResponse_onACommand_hasNoResponseButAnEffect() {
        fake.onAny().fail(Fault.loseResponse());

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::command);
        assertExecutedOnce();
    }

    @Test
    void stall_onACommand_hasNoResponseAndNoEffect() throws InterruptedException {
        fake.onAny().fail(Fault.stall());

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> caller.request("POST", COMMANDS)
                .body(SWITCH_ON)
                .timeout(Duration.ofMillis(200))
                .send());
        assertThat(fake.awaitRequestCount(2, Duration.ofSeconds(1))).isTrue();
        assertNotExecuted();
    }

    @Test
    void stall_afterCarryingOut_hasNoResponseButAnEffect() {
        fake.onAny().fail(Fault.stall().afterCarryingOut());

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> caller.request("POST", COMMANDS)
                .body(SWITCH_ON)
                .timeout(Duration.ofMillis(200))
                .send());
        assertExecutedOnce();
    }

    @Test
    void delay_onACommand_respondsLate() {
        fake.onAny().fail(Fault.delay(Duration.ofMillis(150)));
        long start = System.nanoTime();

        assertThat(command().path("success").booleanValue()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        assertExecutedOnce();
    }

    @Test
    void slowBody_onACommand_arrivesInPiecesButComplete() {
        fake.onAny().fail(Fault.slowBody(20, Duration.ofMillis(20)));
        long start = System.nanoTime();

        assertThat(command().path("success").booleanValue()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
        assertExecutedOnce();
    }

    @Test
    void truncatedBody_onACommand_endsEarlyButHasAnEffect() {
        fake.onAny().fail(Fault.truncatedBody());

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::command);
        assertExecutedOnce();
        assertThat(last().code()).isEqualTo(-1);
    }

    @Test
    void body_anyBytes_areSent() {
        byte[] bytes = {0, 1, 2, (byte) 0xff};
        fake.onAny().fail(Fault.body(200, "application/octet-stream", bytes));

        assertThat(caller.request("GET", STATUS)
                        .exchange(BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(bytes);
    }

    @Test
    void gzipBomb_fewBytes_expandToMany() throws IOException {
        fake.onAny().fail(Fault.gzipBomb(10_000_000));

        HttpResponse<byte[]> response = caller.request("GET", STATUS).exchange(BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(response.body()).hasSizeLessThan(50_000);
        try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            byte[] json = unzipped.readAllBytes();
            assertThat(json).hasSizeGreaterThan(10_000_000);
            assertThat(new String(json, 0, 15, StandardCharsets.US_ASCII)).isEqualTo("{\"success\":true");
        }
    }

    @Test
    void hugeBody_anyLength_hasThatLength() {
        fake.onAny().fail(Fault.hugeBody(3_000_000));

        assertThat(caller.get(STATUS).path("result").textValue()).hasSize(3_000_000);
    }

    @Test
    void endlessBody_untilTheCallerCloses_continues() throws IOException {
        fake.onAny().fail(Fault.endlessBody());

        try (InputStream body = caller.request("GET", STATUS)
                .exchange(BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body.readNBytes(5_000_000)).hasSize(5_000_000);
        }
    }

    @Test
    void deepNesting_anyDepth_hasThatDepth() {
        fake.onAny().fail(Fault.deepNesting(3000));

        String body = caller.request("GET", STATUS).exchange().body();

        assertThat(body).startsWith("{\"success\":true,").contains("[".repeat(3000) + "]".repeat(3000));
    }

    @Test
    void invalidUtf8_inTheBody_cannotBeDecoded() {
        fake.onAny().fail(Fault.invalidUtf8());

        byte[] body = caller.request("GET", STATUS)
                .exchange(BodyHandlers.ofByteArray())
                .body();

        assertThat(new String(body, StandardCharsets.UTF_8)).contains("\ufffd");
    }

    @Test
    void result_withoutEndpoint_isReplacedToo() {
        fake.onAny().fail(Fault.result(Map.of("response", List.of(42))));

        assertThat(caller.get("/v9.9/not/there")
                        .path("result")
                        .path("response")
                        .get(0)
                        .intValue())
                .isEqualTo(42);
        fake.clearFaults().onAny().fail(Fault.result(null));
        assertThat(caller.get(STATUS).get("result").isNull()).isTrue();
    }

    @Test
    void without_fieldOfTheEnvelope_isMissing() {
        fake.onAny().fail(Fault.without("success").and(Fault.without("t")));

        JsonNode response = command();

        assertThat(response.has("success")).isFalse();
        assertThat(response.has("t")).isFalse();
        assertThat(response.path("result").booleanValue()).isTrue();
        assertExecutedOnce();
    }

    @Test
    void with_fieldOfTheEnvelope_hasTheGivenValue() {
        fake.onAny().fail(Fault.with("t", 1));

        assertThat(command().path("t").intValue()).isEqualTo(1);
        assertExecutedOnce();
    }

    @Test
    void withoutCarryingOut_onACommand_respondsWithoutEffect() {
        fake.onAny().fail(Fault.result(true).withoutCarryingOut());

        assertThat(command().path("result").booleanValue()).isTrue();
        assertNotExecuted();
    }

    private FakeRequest last() {
        return fake.requests().get(fake.requests().size() - 1);
    }

    private void assertExecutedOnce() {
        assertThat(fake.commands(DemoWorld.PLUG)).hasSize(1);
        assertThat(fake.device(DemoWorld.PLUG).status("switch_1")).isEqualTo(true);
        assertThat(last().executed()).as(last().toString()).isTrue();
    }

    private void assertNotExecuted() {
        assertThat(fake.commands(DemoWorld.PLUG)).isEmpty();
        assertThat(last().executed()).as(last().toString()).isFalse();
    }
}
