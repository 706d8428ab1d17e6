package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.http.SendException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of an attempt that brought no success. */
class FailureClassifierTest {

    private static final ApiRequest READ = ApiRequest.get("/v1.0/devices/{id}", "bf1");
    private static final ApiRequest WRITE =
            ApiRequest.of(HttpMethod.POST, "/v1.0/devices/{id}/commands", "bf1").body(List.of());
    private static final AccessToken TOKEN = new AccessToken("tok-77", Instant.MAX);
    private static final String GATEWAY =
            "Something between this program and the cloud may have answered: a gateway, a proxy, a login page.";

    private final FailureClassifier verdicts = new FailureClassifier(
            new RetryAfter(new ScriptedExchange().clock), new RequestSigner("key0", "secret0", true).redactor());

    @ParameterizedTest
    @CsvSource({
        "200, 1106, NONE, false",
        "200, 1010, RENEW_TOKEN, false",
        "200, 1013, SYNC_CLOCK, false",
        "200, 1110, RETRY, true",
        "200, 1111, RETRY_IF_IDEMPOTENT, true",
        // codes that nobody has explained are judged by the status
        "200, 777, NONE, false",
        "499, 777, NONE, false",
        "500, 777, RETRY_IF_IDEMPOTENT, true",
        "503, 777, RETRY_IF_IDEMPOTENT, true",
        "408, 777, RETRY_IF_IDEMPOTENT, true",
        "429, 777, RETRY, true",
        "500, 1106, NONE, false",
        "500, 1002, RENEW_TOKEN, false",
        // 429 surely did not act; but no waiting helps against a wrong token or clock
        "429, 1106, RETRY, true",
        "429, 1111, RETRY, true",
        "429, 1010, RENEW_TOKEN, false",
        "429, 1013, SYNC_CLOCK, false"
    })
    void judge_refusal_remedyByCodeThenByStatus(int status, int code, Recovery remedy, boolean retryable) {
        Failure failed = verdicts.judge(READ, 2, answer(status, null, refusal(code)), TOKEN);

        assertThat(failed.remedy()).isEqualTo(remedy);
        assertThat(failed.exception().retryable()).isEqualTo(retryable);
        assertThat(failed.exception().code()).isEqualTo(code);
        assertThat(failed.exception().httpStatus()).isEqualTo(status);
        assertThat(failed.exception().attempts()).isEqualTo(2);
        assertThat(failed.exception().operation()).isEqualTo("GET /v1.0/devices/{id}");
        assertThat(failed.retryAfter()).isNull();
        assertThat(failed.serverTime()).isEqualTo(Instant.ofEpochMilli(1000).plusMillis(50));
    }

    @Test
    void judge_refusal_kindByCodeAndByTooManyRequests() {
        assertThat(verdicts.judge(READ, 1, answer(200, null, refusal(1000)), TOKEN)
                        .exception())
                .isExactlyInstanceOf(TuyaApiException.class);
        assertThat(verdicts.judge(READ, 1, answer(200, null, refusal(1106)), TOKEN)
                        .exception())
                .isInstanceOf(TuyaAuthException.class);
        assertThat(verdicts.judge(READ, 1, answer(429, null, refusal(1106)), TOKEN)
                        .exception())
                .isInstanceOf(TuyaAuthException.class);
        assertThat(verdicts.judge(READ, 1, answer(200, "7", refusal(1110)), TOKEN)
                        .exception())
                .isInstanceOfSatisfying(TuyaQuotaException.class, e -> assertThat(e.retryAfter())
                        .isEqualTo(Duration.ofSeconds(7)));
        assertThat(verdicts.judge(READ, 1, answer(429, "8", refusal(777)), TOKEN)
                        .exception())
                .isInstanceOfSatisfying(TuyaQuotaException.class, e -> assertThat(e.retryAfter())
                        .isEqualTo(Duration.ofSeconds(8)));
    }

    @Test
    void judge_refusal_saysNoSecret() {
        Map<String, Object> fields = refusal(1000);
        fields.put("msg", "no secret0 and tok-77");

        Failure failed = verdicts.judge(READ, 1, answer(200, null, fields), TOKEN);

        assertThat(((TuyaApiException) failed.exception()).apiMessage()).isEqualTo("no *** and ***");
    }

    @ParameterizedTest
    @CsvSource({
        "200, RETRY_IF_IDEMPOTENT, MAYBE",
        "299, RETRY_IF_IDEMPOTENT, MAYBE",
        "400, NONE, MAYBE",
        "407, NONE, MAYBE",
        "408, RETRY_IF_IDEMPOTENT, MAYBE",
        "429, RETRY, NO",
        "499, NONE, MAYBE",
        "500, RETRY_IF_IDEMPOTENT, MAYBE",
        "599, RETRY_IF_IDEMPOTENT, MAYBE"
    })
    void judge_noEnvelope_isUnusable(int status, Recovery remedy, Sent sent) {
        Failure failed = verdicts.judge(READ, 3, new Answer(status, "5", null, Duration.ZERO, "not JSON"), TOKEN);

        assertThat(failed.remedy()).isEqualTo(remedy);
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(failed.serverTime()).isNull();
        assertThat(failed.exception()).isInstanceOfSatisfying(TuyaTransportException.class, e -> {
            assertThat(e.sent()).isEqualTo(sent);
            assertThat(e.retryable()).isEqualTo(remedy != Recovery.NONE);
            assertThat(e.hint()).isEqualTo(GATEWAY);
            assertThat(e).hasMessageContaining("the answer cannot be used: not JSON");
            assertThat(e.attempts()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @CsvSource({"300", "302", "399"})
    void judge_redirect_isNeverFollowedNorRepeated(int status) {
        Failure failed = verdicts.judge(READ, 1, new Answer(status, null, null, Duration.ZERO, "not JSON"), TOKEN);

        assertThat(failed.remedy()).isEqualTo(Recovery.NONE);
        assertThat(failed.exception()).hasMessageContaining("the answer is a redirect");
        assertThat(failed.exception().retryable()).isFalse();
        assertThat(failed.exception().hint()).contains("check region and endpoint");
    }

    @Test
    void judge_successWithAnErrorStatus_isUnusable() {
        Map<String, Object> fields = Map.of("success", true, "result", 1L);

        Failure failed = verdicts.judge(READ, 1, answer(500, null, fields), TOKEN);

        assertThat(failed.remedy()).isEqualTo(Recovery.RETRY_IF_IDEMPOTENT);
        assertThat(failed.exception()).hasMessageContaining("the answer cannot be used: success with an error status");
    }

    static Stream<Arguments> certificates() {
        SSLHandshakeException nested = new SSLHandshakeException("no path");
        nested.initCause(new CertificateException("expired"));
        return Stream.of(
                Arguments.of(nested, "TLS failed: sslhandshake (no path)"),
                Arguments.of(
                        new SSLPeerUnverifiedException("other host"), "TLS failed: sslpeerunverified (other host)"));
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void judge_certificateNotTrusted_isNotRepeated(IOException cause, String reason) {
        Failure failed = verdicts.judge(READ, 1, new SendException(cause, false));

        assertThat(failed.remedy()).isEqualTo(Recovery.NONE);
        assertThat(failed.exception().retryable()).isFalse();
        assertThat(failed.exception().hint()).contains("certificate is not trusted");
        assertThat(failed.exception())
                .hasMessageContaining("no answer: " + reason)
                .hasCause(cause);
    }

    static Stream<Arguments> failures() {
        SSLHandshakeException closed = new SSLHandshakeException("closed");
        closed.initCause(new IOException("reset"));
        return Stream.of(
                Arguments.of(new UnknownHostException("secret.example"), "the host name is not known"),
                Arguments.of(new SocketTimeoutException("timeout"), "it took too long"),
                Arguments.of(new ConnectException("refused"), "connect (refused)"),
                Arguments.of(new IOException("reset"), "io (reset)"),
                Arguments.of(new IOException((String) null), "io"),
                Arguments.of(new SSLException("broken"), "TLS failed: ssl (broken)"),
                Arguments.of(closed, "TLS failed: sslhandshake (closed)"),
                Arguments.of(new ProtocolException("unexpected end of stream"), "protocol (unexpected end of stream)"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void judge_noAnswer_saysWhyAndKeepsTheCause(IOException cause, String reason) {
        Failure notSent = verdicts.judge(WRITE, 1, new SendException(cause, false));
        Failure inDoubt = verdicts.judge(WRITE, 1, new SendException(cause, true));

        assertThat(notSent.remedy()).isEqualTo(Recovery.RETRY);
        assertThat(inDoubt.remedy()).isEqualTo(Recovery.RETRY_IF_IDEMPOTENT);
        assertThat(List.of(notSent, inDoubt)).allSatisfy(failed -> {
            assertThat(failed.exception().getMessage())
                    .contains("no answer: " + reason + " (")
                    .doesNotContain("secret");
            assertThat(failed.exception()).hasCause(cause);
            assertThat(failed.exception().retryable()).isTrue();
            assertThat(failed.retryAfter()).isNull();
            assertThat(failed.serverTime()).isNull();
        });
        assertThat(((TuyaTransportException) notSent.exception()).sent()).isEqualTo(Sent.NO);
        assertThat(((TuyaTransportException) inDoubt.exception()).sent()).isEqualTo(Sent.MAYBE);
        assertThat(inDoubt.exception().hint()).contains("It may have been carried out");
    }

    @Test
    void judge_lineThatCannotBeRead_isNotQuoted() {
        Failure failed = verdicts.judge(
                READ, 1, new SendException(new ProtocolException("Unexpected status line: tok-99"), true));

        assertThat(failed.exception())
                .hasMessageContaining("no answer: protocol")
                .hasNoCause();
        assertThat(failed.exception().getMessage()).doesNotContain("tok-99");
    }

    @Test
    void judge_noAnswer_hintsAtTheNetwork() {
        assertThat(verdicts.judge(READ, 1, new SendException(new IOException("reset"), true))
                        .exception()
                        .hint())
                .isEqualTo("Check the network, and that the cloud can be reached from it.");
        assertThat(verdicts.judge(WRITE, 1, new SendException(new IOException("reset"), false))
                        .exception()
                        .hint())
                .isEqualTo("Check the network, and that the cloud can be reached from it.");
        assertThat(verdicts.judge(READ, 1, new SendException(new UnknownHostException("x"), false))
                        .exception()
                        .hint())
                .isEqualTo("Check the network and its DNS.");
    }

    private static Map<String, Object> refusal(int code) {
        return new HashMap<>(Map.of("success", false, "code", (long) code, "msg", "no", "tid", "t1", "t", 1000L));
    }

    private static Answer answer(int status, String retryAfter, Map<String, Object> fields) {
        return new Answer(status, retryAfter, Envelope.of(fields, status), Duration.ofMillis(100), null);
    }
}
