package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks paths and queries that callers write themselves: merged, sorted, encoded once, or refused. */
class CloudRequestUrlTest extends FakeCloudTest {

    @BeforeEach
    void respondToEverything() {
        fake.onAny().exceptToken().fail(Fault.result(Map.of()));
    }

    @Test
    void cloudRequest_queryInUrlAndMap_areMergedAndSorted() {
        cloud.cloudRequest("/v1.0/x?b=2&d=4", null, null, Map.of("c", 3, "a", 1));

        assertThat(requests().get(0).target()).isEqualTo("/v1.0/x?a=1&b=2&c=3&d=4");
    }

    @ParameterizedTest
    @CsvSource({
        "name=K%C3%BCche%20%E7%81%AF%201%2B1, Küche 灯 1+1, name=K%C3%BCche%20%E7%81%AF%201%2B1",
        "name=a+b, a b, name=a%20b",
        "name=1%2C2, '1,2', name=1%2C2",
        "'name=1,2', '1,2', name=1%2C2",
        "name=, '', name=",
        "name, '', name=",
        "name=%25, %, name=%25",
        "name=%2525, %25, name=%2525",
        "name=a=b, a=b, name=a%3Db",
        "name=~*-._, ~*-._, name=~%2A-._",
        "&name=x&, x, name=x"
    })
    void cloudRequest_queryInUrl_isDecodedSignedAndEncodedOnce(String query, String decoded, String wire) {
        cloud.cloudRequest("/v1.0/x?" + query);

        assertThat(requests().get(0).query()).isEqualTo(Map.of("name", decoded));
        assertThat(requests().get(0).target()).isEqualTo("/v1.0/x?" + wire);
        assertThat(requests().get(0).code()).isZero();
    }

    @Test
    void cloudRequest_valuesInTheMap_areNotDecoded() {
        Map<String, Object> query = new HashMap<>();
        query.put("list", List.of("a", "b"));
        query.put("set", Set.of(7));
        query.put("number", 5);
        query.put("flag", true);
        query.put("text", "Küche 灯 1+1&x=y%20");
        query.put("nothing", null);
        query.put("empty", "");

        cloud.cloudRequest("/v1.0/x", null, null, query);

        assertThat(requests().get(0).query())
                .isEqualTo(Map.of(
                        "list", "a,b",
                        "set", "7",
                        "number", "5",
                        "flag", "true",
                        "text", "Küche 灯 1+1&x=y%20",
                        "empty", ""));
        assertThat(requests().get(0).code()).isZero();
    }

    @Test
    void cloudRequest_keyThatNeedsEncoding_isEncoded() {
        cloud.cloudRequest("/v1.0/x", null, null, Map.of("ä b", "c"));

        assertThat(requests().get(0).target()).isEqualTo("/v1.0/x?%C3%A4%20b=c");
    }

    @Test
    void cloudRequest_emptyQuery_sendsNoQuestionMark() {
        cloud.cloudRequest("/v1.0/x?", null, null, Map.of());

        assertThat(requests().get(0).target()).isEqualTo("/v1.0/x");
    }

    @Test
    void cloudRequest_queryOnPost_isSignedToo() {
        cloud.cloudRequest("/v1.0/x?b=2", "POST", Map.of("c", 3), Map.of("a", 1));

        assertThat(sent()).containsExactly("POST /v1.0/x?a=1&b=2 {\"c\":3}");
        assertThat(requests().get(0).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1.0/x?a=1&a=2", "/v1.0/x?a=1&%61=1", "/v1.0/x?a&a"})
    void cloudRequest_duplicateKeyInUrl_isRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest(url))
                .withMessageContaining("\"a\" is given twice");
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void cloudRequest_keyInUrlAndMap_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/x?a=1", null, null, Map.of("a", 1)))
                .withMessageContaining("\"a\" is given twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1.0/x?a=%zz", "/v1.0/x?a=%", "/v1.0/x?a=%4"})
    void cloudRequest_brokenEscape_isRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest(url))
                .withMessageContaining("malformed % escape");
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void cloudRequest_parameterWithoutName_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/x?=1"))
                .withMessageContaining("needs a name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "https://openapi.tuyaeu.com/v1.0/devices",
                "//evil.example/v1.0",
                "/v1.0//devices",
                "/v1.0/../v2.0",
                "/v1.0/..",
                "/v1.0/./devices",
                "/v1.0/%2e%2e/devices",
                "/v1.0/%2E./devices",
                "/v1.0/devices#top",
                "/v1.0/devices /x",
                "/v1.0/dev\\ices",
                "/v1.0/Küche",
                "/v1.0/a\nb",
                "/v1.0/a\u0000b",
                "/v1.0/%zz",
                "/v1.0/{id}",
                "/v1.0/a\"b"
            })
    void cloudRequest_malformedPath_isRefusedAndSendsNothing(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest(url))
                .withMessageContaining("pass a path without scheme and host, such as /v1.0/devices/{id}");
        assertThat(fake.requestCount()).isZero();
    }
}
