package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.http.SendException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how a failed attempt is classified. */
class FailureClassifierTest {

    private static final ApiRequest READ = ApiRequest.get("/v1.0/devices/{id}", "bf1");
    private static final ApiRequest WRITE =
            ApiRequest.of(HttpMethod.POST, "/v1.0/devices/{id}/commands", "bf1").body(List.of());
    private static final ApiRequest RENAME = ApiRequest.of(HttpMethod.PUT, "/v1.0/devices/{id}", "bf1");
    private static final AccessToken TOKEN = new AccessToken("tok-77", Instant.MAX);
    private static final String GATEWAY = "A gateway, a proxy or a login page may have answered instead of the cloud.";

    private final FailureClassifier failures = new FailureClassifier(
            new RetryAfter(new ScriptedExchange().clock), new RequestSigner("key0", "secret0", true).redactor());

    @ParameterizedTest
    @CsvSource({
        "200, 1106, NONE, false",
        "200, 1010, RENEW_TOKEN, false",
        "200, 1013, SYNC_CLOCK, false",
        "200, 1110, RETRY, true",
        "200, 1111, RETRY_IF_IDEMPOTENT, true",
        // unknown codes are classified by the status
        "200, 777, NONE, false",
        "499, 777, NONE, false",
        "500, 777, RETRY_IF_IDEMPOTENT, true",
        "503, 777, RETRY_IF_IDEMPOTENT, true",
        "408, 777, RETRY_IF_IDEMPOTENT, true",
        "429, 777, RETRY, true",
        "500, 1106, NONE, false",
        "500, 1002, RENEW_TOKEN, false",
        // 429 definitely had no effect, but waiting does not fix a wrong token or clock
        "429, 1106, RETRY, true",
        "429, 1111, RETRY, true",
        "429, 1010, RENEW_TOKEN, false",
        "429, 1013, SYNC_CLOCK, false"
    })
    void ofResponse_refusal_recoveryByCodeThenByStatus(int status, int code, Recovery recovery, boolean retryable) {
        Failure failed = failures.ofResponse(READ, 2, response(status, null, refusal(code)), TOKEN);

        assertThat(failed.recovery()).isEqualTo(recovery);
        assertThat(failed.exception().retryable()).isEqualTo(retryable);
        assertThat(failed.exception().code()).isEqualTo(code);
        assertThat(failed.exception().httpStatus()).isEqualTo(status);
        assertThat(failed.exception().attempts()).isEqualTo(2);
        assertThat(failed.exception().operation()).isEqualTo("GET /v1.0/devices/{id}");
        assertThat(failed.retryAfter()).isNull();
        assertThat(failed.serverTime()).isEqualTo(Instant.ofEpochMilli(1000).plusMillis(50));
    }

    @Test
    void ofResponse_refusal_kindByCodeAndByTooManyRequests() {
        assertThat(failures.ofResponse(READ, 1, response(200, null, refusal(1000)), TOKEN)
                        .exception())
                .isExactlyInstanceOf(TuyaApiException.class);
        assertThat(failures.ofResponse(READ, 1, response(200, null, refusal(1106)), TOKEN)
                        .exception())
                .isInstanceOf(TuyaAuthException.class);
        assertThat(failures.ofResponse(READ, 1, response(429, null, refusal(1106)), TOKEN)
                        .exception())
                .isInstanceOf(TuyaAuthException.class);
        assertThat(failures.ofResponse(READ, 1, response(200, "7", refusal(1110)), TOKEN)
                        .exception())
                .isInstanceOfSatisfying(TuyaQuotaException.class, e -> assertThat(e.retryAfter())
                        .isEqualTo(Duration.ofSeconds(7)));
        assertThat(failures.ofResponse(READ, 1, response(429, "8", refusal(777)), TOKEN)
                        .exception())
                .isInstanceOfSatisfying(TuyaQuotaException.class, e -> assertThat(e.retryAfter())
                        .isEqualTo(Duration.ofSeconds(8)));
    }

    @Test
    void ofResponse_refusal_containsNoSecret() {
        Map<String, Object> fields = refusal(1000);
        fields.put("msg", "no secret0 and tok-77");

        Failure failed = failures.ofResponse(READ, 1, response(200, null, fields), TOKEN);

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
    void ofResponse_noEnvelope_isUnusable(int status, Recovery recovery, Sent sent) {
        Failure failed = failures.ofResponse(
                READ, 3, new ExchangeResult(status, "5", null, Duration.ZERO, "not JSON", true, null), TOKEN);

        assertThat(failed.recovery()).isEqualTo(recovery);
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(failed.serverTime()).isNull();
        assertThat(failed.exception()).isInstanceOfSatisfying(TuyaTransportException.class, e -> {
            assertThat(e.sent()).isEqualTo(sent);
            assertThat(e.retryable()).isEqualTo(recovery != Recovery.NONE);
            assertThat(e.hint()).isEqualTo(GATEWAY);
            assertThat(e).hasMessageContaining("the response cannot be used: not JSON");
            assertThat(e.attempts()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @CsvSource({"300", "302", "399"})
    void ofResponse_redirect_isNeitherFollowedNorRetried(int status) {
        Failure failed = failures.ofResponse(
                READ, 1, new ExchangeResult(status, null, null, Duration.ZERO, "not JSON", true, null), TOKEN);

        assertThat(failed.recovery()).isEqualTo(Recovery.NONE);
        assertThat(failed.exception()).hasMessageContaining("the response is a redirect");
        assertThat(failed.exception().retryable()).isFalse();
        assertThat(failed.exception().hint()).contains("check region and endpoint");
    }

    @Test
    void ofResponse_successWithAnErrorStatus_isUnusable() {
        Map<String, Object> fields = Map.of("success", true, "result", 1L);

        Failure failed = failures.ofResponse(READ, 1, response(500, null, fields), TOKEN);

        assertThat(failed.recovery()).isEqualTo(Recovery.RETRY_IF_IDEMPOTENT);
        assertThat(failed.exception())
                .hasMessageContaining("the response cannot be used: success with an error status");
    }

    @ParameterizedTest
    @CsvSource({
        // a known refusal: nothing happened
        "200, 1106, NO, false",
        "200, 2008, NO, false",
        "200, 1110, NO, false",
        "429, 777, NO, false",
        // an internal error of the cloud
        "200, 500, MAYBE, true",
        "200, 501, MAYBE, true",
        "200, 1103, MAYBE, true",
        "200, 1111, MAYBE, true",
        "503, 777, MAYBE, true",
        // an unknown code proves nothing
        "200, 777, MAYBE, true"
    })
    void ofResponse_refusedCommand_saysWhetherItMayHaveBeenCarriedOut(int status, int code, Sent sent, boolean warns) {
        TuyaApiException failure =
                (TuyaApiException) failures.ofResponse(WRITE, 1, response(status, null, refusal(code)), TOKEN)
                        .exception();

        assertThat(failure.sent()).isEqualTo(sent);
        assertThat(String.valueOf(failure.hint()).contains("The command may have been carried out"))
                .isEqualTo(warns);
    }

    @Test
    void ofResponse_refusedRead_warnsAboutNothing() {
        assertThat(failures.ofResponse(READ, 1, response(200, null, refusal(500)), TOKEN)
                        .exception()
                        .hint())
                .isEqualTo(
                        "The cloud could not handle the request: it has a problem, or what was sent is wrong. Try again"
                                + " later. Compare the call with Tuya's documentation.");
    }

    @Test
    void ofResponse_codeThatIsAWord_isKept() {
        Map<String, Object> fields = refusal(0);
        fields.put("code", "SOME_NEW_CODE");

        TuyaException failure =
                failures.ofResponse(READ, 1, response(200, null, fields), TOKEN).exception();

        assertThat(failure).isExactlyInstanceOf(TuyaApiException.class);
        assertThat(failure.code()).isEqualTo(-1);
        assertThat(failure.codeText()).isEqualTo("SOME_NEW_CODE");
        assertThat(failure).hasMessage("GET /v1.0/devices/{id} failed: SOME_NEW_CODE no (HTTP 200, tid t1, 1 attempt)");
    }

    @Test
    void ofResponse_codeThatHoldsASecret_isRedacted() {
        Map<String, Object> fields = refusal(0);
        fields.put("code", "tok-77");

        assertThat(failures.ofResponse(READ, 1, response(200, null, fields), TOKEN)
                        .exception()
                        .codeText())
                .isEqualTo("***");
    }

    @ParameterizedTest
    @CsvSource({"2010, NO", "1110, NO", "500, MAYBE", "SOME_NEW_CODE, MAYBE"})
    void ofResponse_refusalOfACommand_outcomeUnknownUnlessTheCodeTells(String code, Sent sent) {
        Map<String, Object> fields = Map.of("error_code", code, "error_msg", "no");

        TuyaApiException failure = (TuyaApiException) failures.ofResponse(WRITE, 1, response(200, null, fields), TOKEN)
                .exception();

        assertThat(failure.sent()).isEqualTo(sent);
        assertThat(failure.codeText()).isEqualTo(code);
        assertThat(failure.apiMessage()).isEqualTo("no");
        assertThat(String.valueOf(failure.hint()).contains("may have been carried out"))
                .isEqualTo(sent == Sent.MAYBE);
    }

    @ParameterizedTest
    @CsvSource({"200, true", "302, true", "403, true", "504, true", "429, false"})
    void ofResponse_unusableResponseToAWrite_saysThatItMayHaveBeenCarriedOut(int status, boolean warns) {
        ExchangeResult page = new ExchangeResult(status, null, null, Duration.ZERO, "not JSON", true, null);

        assertThat(failures.ofResponse(WRITE, 1, page, TOKEN).exception().getMessage())
                .matches(message -> message.contains("The command may have been carried out: read the device's status "
                                + "before sending it again.")
                        == warns);
        assertThat(failures.ofResponse(RENAME, 1, page, TOKEN).exception().getMessage())
                .matches(message -> message.contains(
                                "The request may have been carried out: check its effect before " + "sending it again.")
                        == warns);
        assertThat(failures.ofResponse(READ, 1, page, TOKEN).exception().getMessage())
                .doesNotContain("carried out");
    }

    @Test
    void ofNoResponse_notSent_retriesCommandsToo() {
        IOException cause = new ConnectException("Connection refused");

        Failure failed = failures.ofNoResponse(WRITE, 3, new SendException(cause, false, false), Duration.ZERO);

        assertThat(failed.recovery()).isEqualTo(Recovery.RETRY);
        assertThat(failed.retryAfter()).isNull();
        assertThat(failed.serverTime()).isNull();
        assertThat(failed.exception())
                .hasMessage(
                        "POST /v1.0/devices/{id}/commands failed: no response: connection refused (Connection refused) "
                                + "(3 attempts). Check the network, and that the cloud can be reached from it.")
                .hasCause(cause)
                .isInstanceOfSatisfying(
                        TuyaTransportException.class, e -> assertThat(e.sent()).isEqualTo(Sent.NO));
        assertThat(failed.exception().retryable()).isTrue();
    }

    @Test
    void ofNoResponse_maybeSent_retriesOnlyReads() {
        IOException cause = new SocketException("Connection reset");

        Failure failed = failures.ofNoResponse(WRITE, 1, new SendException(cause, true, true), Duration.ZERO);

        assertThat(failed.recovery()).isEqualTo(Recovery.RETRY_IF_IDEMPOTENT);
        assertThat(failed.exception())
                .hasMessage("POST /v1.0/devices/{id}/commands failed: no response: connection lost (Connection reset) "
                        + "(1 attempt). The command may have been carried out: read the device's status before sending it "
                        + "again.")
                .isInstanceOfSatisfying(
                        TuyaTransportException.class, e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE));
        assertThat(failed.exception().retryable()).isTrue();
    }

    @Test
    void ofNoResponse_certificateNotTrusted_isNotRetried() {
        SSLHandshakeException cause = new SSLHandshakeException("no path");
        cause.initCause(new CertificateException("expired"));

        Failure failed = failures.ofNoResponse(READ, 1, new SendException(cause, false, false), Duration.ZERO);

        assertThat(failed.recovery()).isEqualTo(Recovery.NONE);
        assertThat(failed.exception().retryable()).isFalse();
        assertThat(failed.exception().hint()).contains("certificate is not trusted");
        assertThat(failed.exception())
                .hasMessageContaining("no response: TLS handshake failed (no path)")
                .hasCause(cause);
    }

    @Test
    void ofNoResponse_malformedStatusLine_isNotQuoted() {
        Failure failed = failures.ofNoResponse(
                READ,
                1,
                new SendException(new ProtocolException("Unexpected status line: tok-99"), true, true),
                Duration.ZERO);

        assertThat(failed.exception())
                .hasMessageContaining("no response: the response is not HTTP")
                .hasNoCause();
        assertThat(failed.exception().getMessage()).doesNotContain("tok-99");
    }

    private static Map<String, Object> refusal(int code) {
        return new HashMap<>(Map.of("success", false, "code", (long) code, "msg", "no", "tid", "t1", "t", 1000L));
    }

    private static ExchangeResult response(int status, String retryAfter, Map<String, Object> fields) {
        return new ExchangeResult(
                status, retryAfter, Envelope.of(fields, status), Duration.ofMillis(100), null, true, null);
    }
}
