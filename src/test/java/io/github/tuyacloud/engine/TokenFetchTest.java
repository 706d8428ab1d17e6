package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what is accepted as a token, and its lifetime. */
class TokenFetchTest {

    private final ScriptedExchange cloud = new ScriptedExchange();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"expire_time\":7200|7200",
                "\"expire_time\":\"7200\"|7200",
                "\"expire\":5400|5400",
                "\"expire_time\":60,\"expire\":5400|60",
                "\"x\":1|3600",
                "\"expire_time\":[]|3600",
                "\"expire_time\":29|30",
                "\"expire_time\":0|30",
                "\"expire_time\":-1|30",
                "\"expire_time\":604800|604800",
                "\"expire_time\":604801|604800",
                "\"expire_time\":9223372036854775807|604800"
            })
    void fetch_statedLifetime_countsFromBeforeTheCall(String stated, long seconds) {
        cloud.then(request -> {
            cloud.advance(Duration.ofSeconds(2));
            return ScriptedExchange.response(
                    request, 200, "{\"success\":true,\"result\":{\"access_token\":\"a1\"," + stated + "}}");
        });

        AccessToken token = fetch();

        assertThat(token.value()).isEqualTo("a1");
        assertThat(token.expiresAt()).isEqualTo(ManualTime.START.plusSeconds(seconds));
        assertThat(cloud.requests.get(0).url().encodedPath()).isEqualTo("/v1.0/token");
        assertThat(cloud.requests.get(0).url().encodedQuery()).isEqualTo("grant_type=1");
        assertThat(cloud.requests.get(0).header("access_token")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "a-b_c.d/e+f="})
    void fetch_visibleText_isAToken(String value) {
        cloud.response("{\"success\":true,\"result\":{\"access_token\":\"" + value + "\"}}");

        assertThat(fetch().value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "{\"access_token\":null}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":\" \"}",
                "{\"access_token\":\"a b\"}",
                "{\"access_token\":\"a\\u007f\"}",
                "{\"access_token\":\"a\\u00e4\"}",
                "{\"access_token\":\"a\\n\"}"
            })
    void fetch_noToken_isUnusable(String result) {
        cloud.response("{\"success\":true,\"tid\":\"t7\",\"result\":" + result + "}");

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(this::fetch)
                .withMessageContaining("the response cannot be used")
                .satisfies(failure -> {
                    assertThat(failure.operation()).isEqualTo("GET /v1.0/token");
                    assertThat(failure.httpStatus()).isEqualTo(200);
                    assertThat(failure.tid()).isEqualTo("t7");
                    assertThat(failure.attempts()).isEqualTo(1);
                    assertThat(failure.sent()).isEqualTo(Sent.MAYBE);
                });
    }

    private AccessToken fetch() {
        return cloud.tokenFetch().fetch(ScriptedExchange.TARGET, cloud.deadline(Duration.ofSeconds(30)));
    }
}
