package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a rejected token is renewed once and the request sent once more, never in a loop. */
class TokenRenewalTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;

    @ParameterizedTest
    @ValueSource(ints = {1010, 1011, 1012, 1400})
    void call_tokenRejected_isRenewedAndSentOnceMore(int code) {
        fake.onAny().exceptToken().fail(Fault.code(code, "whatever it says")).times(1);

        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();

        assertThat(fake.requests())
                .extracting(FakeRequest::template)
                .containsExactly(
                        "/v1.0/token",
                        "/v1.0/iot-03/devices/{id}/status",
                        "/v1.0/token",
                        "/v1.0/iot-03/devices/{id}/status");
        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(0, code, 0, 0);
        assertThat(time.sleeps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1010, 1011, 1012, 1400})
    void call_newTokenRejectedToo_throwsAfterTwoAttempts(int code) {
        fake.onAny().exceptToken().fail(Fault.code(code, "token invalid"));

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.attempts()).isEqualTo(2);
                    assertThat(e.retryable()).isFalse();
                    assertThat(e.hint()).contains("Even a new access token was refused");
                });
        assertThat(requests()).hasSize(2);
        assertThat(fake.tokenRequests()).isEqualTo(2);
    }

    @Test
    void call_afterAFinalRejection_startsWithANewTokenAgain() {
        fake.onAny().exceptToken().fail(Fault.code(1010, "token is expired")).times(2);
        assertThatExceptionOfType(TuyaAuthException.class).isThrownBy(() -> cloud.getStatus(PLUG));

        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
        assertThat(fake.tokenRequests()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"1004, token invalid", "1106, token is expired", "2010, token invalid", "1, token invalid"})
    void call_otherCodeWithARejectionMessage_renewsNothing(int code, String message) {
        fake.onAny().exceptToken().fail(Fault.code(code, message));

        assertThatExceptionOfType(TuyaApiException.class).isThrownBy(() -> cloud.getStatus(PLUG));
        assertThat(fake.tokenRequests()).isEqualTo(1);
        assertThat(requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1010, 1011, 1012, 1400})
    void call_tokenCallRejected_isSentOnce(int code) {
        fake.onToken().fail(Fault.code(code, "token invalid"));

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .satisfies(e -> assertThat(e.operation()).isEqualTo("GET /v1.0/token"));
        assertThat(fake.requestCount()).isEqualTo(1);
    }

    @Test
    void call_renewalRefused_throwsItsErrorWithTheFirstSuppressed() {
        cloud.getStatus(PLUG);
        fake.expireTokens();
        fake.onToken().fail(Fault.code(1106, "permission deny"));

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(1106);
                    assertThat(e.operation()).isEqualTo("GET /v1.0/token");
                    assertThat(e.getSuppressed())
                            .singleElement()
                            .isInstanceOfSatisfying(TuyaAuthException.class, first -> assertThat(first.code())
                                    .isEqualTo(1010));
                });
    }

    @Test
    void call_rejectionAmongRetries_isRenewedToo() {
        fake.onAny().exceptToken().fail(Fault.http(503)).times(1);
        fake.onAny().exceptToken().fail(Fault.code(1010, "token is expired")).times(1);
        fake.onAny().exceptToken().fail(Fault.http(503)).times(1);

        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
        assertThat(requests()).hasSize(4);
        assertThat(time.sleeps()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "tok en", "t\nk", "t\u00f6k"})
    void call_tokenInvalidInAHeader_isUnusableAndNotRemembered(String token) {
        fake.onToken().times(1).fail(Fault.result(Map.of("access_token", token, "expire_time", 7200)));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageContaining("it contains no access token");
        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
    }

    @Test
    void call_tokenResultOfOtherShape_isUnusable() {
        for (Object result : new Object[] {"text", Map.of(), Map.of("access_token", Map.of())}) {
            fake.clearFaults();
            fake.onToken().fail(Fault.result(result));

            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.getStatus(PLUG))
                    .satisfies(e -> assertThat(e.operation()).isEqualTo("GET /v1.0/token"));
        }
    }

    @Test
    void call_lifetimeUnderTheOtherName_isRead() {
        assertLife(Map.of("access_token", aToken(), "expire", 100), 100);
    }

    @Test
    void call_lifetimeAsText_isRead() {
        assertLife(Map.of("access_token", aToken(), "expire_time", "100"), 100);
    }

    @Test
    void call_lifetimeMissing_isAnHour() {
        assertLife(Map.of("access_token", aToken()), 3600);
    }

    @Test
    void call_tokenNearlyExpired_isUsedForHalfAMinute() {
        assertLife(Map.of("access_token", aToken(), "expire_time", 0), 30);
    }

    private void assertLife(Map<String, Object> tokenResult, long seconds) {
        fake.onToken().fail(Fault.result(tokenResult));
        use(client());
        fake.clearRequests();
        cloud.getStatus(PLUG);
        time.advance(Duration.ofSeconds(seconds - 1));
        cloud.getStatus(PLUG);
        assertThat(fake.tokenRequests()).isEqualTo(1);

        time.advance(Duration.ofSeconds(1));
        cloud.getStatus(PLUG);

        assertThat(fake.tokenRequests()).isEqualTo(2);
    }

    /** Returns a token that the fake knows. */
    private String aToken() {
        cloud.getStatus(PLUG);
        return requests().get(0).header("access_token");
    }
}
