package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import okhttp3.Headers;
import okio.ByteString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the fake cloud accepts valid requests and no others. */
@DisplayName("FakeTuyaCloud, strict")
class FakeTuyaCloudStrictnessTest extends CalledFake {
    private static final String LIST = "/v1.3/iot-03/devices";

    @Test
    void get_correctlySigned_isAccepted() {
        JsonNode response = caller.get(STATUS);

        assertThat(response.path("success").booleanValue()).isTrue();
        assertThat(response.path("result").isArray()).isTrue();
        assertThat(response.path("t").longValue()).isEqualTo(NOW.toEpochMilli());
        assertThat(response.path("tid").textValue()).hasSize(32);
    }

    @Test
    void get_refused_isHttp200WithCodeAndMessage() {
        var response =
                caller.request("GET", "/v1.0/devices/bf0000000000000000none").exchange();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"code\":1106", "\"msg\":\"permission deny\"", "\"success\":false", "\"t\":", "\"tid\":")
                .doesNotContain("result");
    }

    @Test
    void post_bodySignedAsSent_isAccepted() {
        String body = "{\"commands\":[{\"code\":\"switch_1\",\"value\":true}]}";

        assertThat(caller.send("POST", COMMANDS, body).path("result").booleanValue())
                .isTrue();
    }

    @Test
    void request_withNonceAndSignedHeaders_isAccepted() {
        JsonNode response = caller.request("GET", STATUS)
                .header("nonce", "5138cc3a9033d69856923fd07b491173")
                .header("area_id", "29a33e8796834b1efa6")
                .header("Signature-Headers", "area_id:client_id")
                .send();

        assertThat(response.path("success").booleanValue()).isTrue();
    }

    @Test
    void request_nonceNotSigned_isRefused() {
        var unsigned = caller.request("GET", STATUS);
        String signature = unsigned.build().headers().firstValue("sign").orElseThrow();

        assertCode(
                1004,
                unsigned.header("sign", signature)
                        .header("nonce", "5138cc3a9033")
                        .send());
    }

    @Test
    void request_wrongSignature_isRefused() {
        assertCode(
                1004,
                caller.request("GET", STATUS).header("sign", "0".repeat(64)).send());
    }

    @Test
    void request_lowerCaseSignature_isRefused() {
        String signature = caller.request("GET", STATUS)
                .build()
                .headers()
                .firstValue("sign")
                .orElseThrow();

        assertCode(
                1004,
                caller.request("GET", STATUS)
                        .header("sign", signature.toLowerCase(Locale.ROOT))
                        .send());
    }

    @Test
    void post_otherBodyThanSigned_isRefused() {
        String signature = caller.request("POST", COMMANDS)
                .body("{}")
                .build()
                .headers()
                .firstValue("sign")
                .orElseThrow();

        assertCode(
                1004,
                caller.request("POST", COMMANDS)
                        .body("{ }")
                        .header("sign", signature)
                        .send());
    }

    @Test
    void query_signedUnsorted_isRefused() {
        String query = "?source_type=tuyaUser&source_id=" + DemoWorld.ALICE + "&page_size=20";

        assertCode(
                1004, caller.request("GET", LIST + query).signing(LIST + query).send());
        assertCode(0, caller.request("GET", LIST + query).send());
    }

    @Test
    void query_signedEncoded_isRefused() {
        String query = "?name=Kitchen%20plug&source_id=" + DemoWorld.ALICE + "&source_type=tuyaUser";

        assertCode(
                1004, caller.request("GET", LIST + query).signing(LIST + query).send());
        assertCode(0, caller.request("GET", LIST + query).send());
    }

    @Test
    void query_encodedAndSortedOnTheWire_isRecordedDecoded() {
        JsonNode response =
                caller.get(LIST + "?name=Kitchen+plug&source_id=" + DemoWorld.ALICE + "&source_type=tuyaUser");

        assertThat(response.path("result").path("list")).hasSize(1);
        FakeRequest last = fake.requests().get(fake.requests().size() - 1);
        assertThat(last.query()).containsEntry("name", "Kitchen plug");
        assertThat(last.target()).contains("Kitchen+plug");
    }

    @Test
    void query_keyGivenTwice_isRefused() {
        assertCode(1109, caller.get(STATUS + "?a=1&a=2"));
    }

    @Test
    void query_notPercentEncoded_isRefused() {
        assertThat(WireRequest.of("GET", "/x?a=%zz", Headers.EMPTY, ByteString.EMPTY, 0)
                        .defect())
                .contains("%zz");
    }

    @ParameterizedTest
    @CsvSource({"client_id,1105", "sign,1105", "sign_method,1105", "t,1105", "Content-Type,1006", "access_token,1002"})
    void request_headerMissing_isRefused(String header, int code) {
        assertCode(code, caller.request("GET", STATUS).without(header).send());
    }

    @ParameterizedTest
    @CsvSource({
        "client_id,somebodyelse,1005",
        "sign_method,HMAC-SHA1,1109",
        "t,1588925778,1013",
        "t,now,1013",
        "Content-Type,application/json; charset=utf-8,1006",
        "Content-Type,text/plain,1006",
        "access_token,0123456789abcdef0123456789abcdef,1011",
        "secret,0123456789abcdef,1109",
        "mode,cors,1109"
    })
    void request_headerWrong_isRefused(String header, String value, int code) {
        assertCode(code, caller.request("GET", STATUS).header(header, value).send());
    }

    @Test
    void request_secretHeader_isRefusedWithTheReason() {
        assertThat(caller.request("GET", STATUS)
                        .header("secret", "x")
                        .send()
                        .path("msg")
                        .textValue())
                .contains("secret header");
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 3600})
    void request_clockTooFarOff_isRefused(long seconds) {
        Clock skewed = Clock.offset(clock, Duration.ofSeconds(seconds));

        assertCode(1013, new TestCaller(fake, skewed).get("/v1.0/token?grant_type=1"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-290, 290})
    void request_clockSlightlyOff_isAccepted(long seconds) {
        Clock skewed = Clock.offset(clock, Duration.ofSeconds(seconds));

        assertCode(0, new TestCaller(fake, skewed).get("/v1.0/token?grant_type=1"));
    }

    @Test
    void get_withBody_isRefused() {
        assertCode(1109, caller.send("GET", STATUS, "{}"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1.0/nothing/here",
        "POST,/v1.0/token",
        "POST,/v1.0/devices/x",
        "GET,/v1.0/devices/",
        "PATCH,/v1.0/devices/x"
    })
    void request_unknownPathOrWrongMethod_isRefused(String method, String path) {
        assertCode(1108, caller.request(method, path).send());
    }

    @Test
    void token_signedWithAnAccessToken_isRefused() {
        assertCode(
                1004,
                caller.request("GET", "/v1.0/token?grant_type=1")
                        .header("access_token", caller.token())
                        .send());
        assertCode(0, caller.get("/v1.0/token?grant_type=1"));
    }

    @Test
    void oldAlgorithm_onlyOldSignature_isAccepted() {
        try (FakeTuyaCloud old = FakeTuyaCloud.builder().oldSignAlgorithm(true).start()) {
            TestCaller.Request request = new TestCaller(old).request("GET", "/v1.0/token?grant_type=1");

            assertCode(1004, new TestCaller(old).get("/v1.0/token?grant_type=1"));
            assertCode(0, request.oldSignature().send());
            assertCode(1004, caller.request("GET", STATUS).oldSignature().send());
        }
    }

    @Test
    void token_ofAnotherCloud_isRefused() {
        try (FakeTuyaCloud other = FakeTuyaCloud.start()) {
            assertCode(
                    1011,
                    new TestCaller(other)
                            .request("GET", STATUS)
                            .header("access_token", caller.token())
                            .send());
        }
    }

    private static void assertCode(int code, JsonNode response) {
        assertThat(response.path("code").asInt(0)).as(response.toString()).isEqualTo(code);
    }
}
