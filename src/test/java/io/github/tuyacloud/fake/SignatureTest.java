package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import okhttp3.Headers;
import okio.ByteString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the signatures that the fake cloud expects against published or independently computed ones. */
@DisplayName("Signature")
class SignatureTest {
    private static final String CLIENT_ID = "1KAD46OrT9HafiKdsXeg";
    private static final String SECRET = "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC";
    private static final String NONCE = "5138cc3a9033d69856923fd07b491173";
    private static final String COMMON = "/v1.0/devices/bf2c1e00ab0f12face";

    static Stream<Arguments> knownRequests() {
        return Stream.of(
                arguments(
                        "V1",
                        "GET",
                        "/v1.0/token?grant_type=1",
                        "nonce area",
                        "",
                        "9E48A3E93B302EEECC803C7241985D0A34EB944F40FB573C7B5C2A82158AF13E"),
                arguments(
                        "V2",
                        "GET",
                        "/v2.0/apps/schema/users?page_no=1&page_size=50",
                        "nonce area",
                        "",
                        "AE4481C692AA80B25F3A7E12C3A5FD9BBF6251539DD78E565A1A72A508A88784"),
                arguments(
                        "V5",
                        "POST",
                        "/v1.0/devices/bf2c1e00ab0f12face/commands",
                        "none",
                        "{\"commands\":[{\"code\":\"switch_led\",\"value\":false}]}",
                        "F27DD95A15E84C954DB2ED016096D517681FE79853B6CDAD446927352691804E"),
                arguments(
                        "S1",
                        "GET",
                        "/v1.0/token?grant_type=1",
                        "none",
                        "",
                        "7BA26C076E5ECB1E959BE274A0FFB397B2B1865FC7BCED8F1C78AC5653C20CAA"),
                arguments(
                        "S2",
                        "GET",
                        "/v1.0/token/0123456789abcdef0123456789abcdef",
                        "none",
                        "",
                        "C6D179038514282FE1B9CFA2A52BFE1A53BE8D0FA174CE19F92D1FC5284CC797"),
                arguments(
                        "S3",
                        "GET",
                        "/v1.0/devices/bf2c1e00ab0f12face/logs?"
                                + "type=1%2C2%2C3%2C4%2C5%2C6%2C7%2C8%2C9%2C10&end_time=1588925778000"
                                + "&query_type=1&size=100&start_time=1588839378000",
                        "none",
                        "",
                        "F5282C7199D00EE74066546B973424A7404713D33CF84D8A02381BC989A09B89"),
                arguments(
                        "S4",
                        "GET",
                        "/v1.3/iot-03/devices?"
                                + "name=K%C3%BCche%20%E7%81%AF%201%2B1&page_size=20&source_type=tuyaUser",
                        "none",
                        "",
                        "BCCFAE3DE02D23E8352238E34246ED28E66AD1F15832C92DB804F34A12114312"),
                arguments(
                        "S4 with plus for space",
                        "GET",
                        "/v1.3/iot-03/devices?" + "name=K%C3%BCche+%E7%81%AF+1%2B1&page_size=20&source_type=tuyaUser",
                        "none",
                        "",
                        "BCCFAE3DE02D23E8352238E34246ED28E66AD1F15832C92DB804F34A12114312"),
                arguments(
                        "S5",
                        "POST",
                        "/v1.0/iot-03/devices/bf2c1e00ab0f12face/commands",
                        "type",
                        "{\"commands\":[{\"code\":\"switch_led\",\"value\":true}]}",
                        "FB2D8F9BB7C92AF23BF92023F2643E18A4BB109427BCDF62E8D8A336E59A4EA4"),
                arguments(
                        "S6",
                        "PUT",
                        "/v1.0/devices/bf2c1e00ab0f12face",
                        "none",
                        "{\"name\":\"Küche\"}",
                        "9F15A35F2B90364F295C683DC04156C4A9467643E284A6B2E9399A262AEC2E87"),
                arguments(
                        "S7",
                        "DELETE",
                        "/v1.0/devices/bf2c1e00ab0f12face",
                        "none",
                        "",
                        "AF08105383FF1D3D55ADEE4B0708F22F10D63BA6C2F8A5D2A595ABA79A125F68"),
                arguments(
                        "S8",
                        "GET",
                        "/v1.0/users/ay1/devices?from=&page_no=1&page_size=100",
                        "nonce client",
                        "",
                        "6423CD984BD6AF1A719A3D83365E303CF756FC64960058AC75947EC2F78C576C"),
                arguments(
                        "S9",
                        "POST",
                        "/v1.0/homes/1/scenes/2/trigger",
                        "none",
                        "{}",
                        "BEC6B8881F72DFB534E3F90E474A4C8ADD8E3CC6322BB0AC24BA173609CCB1FA"),
                arguments(
                        "S10",
                        "POST",
                        "/v1.0/homes/1/scenes/2/trigger",
                        "none",
                        "",
                        "0B2339B0C51E8555EE0E091AFB9A1A7A0CC92CE89839A4C727B4D209B269416A"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("knownRequests")
    void expected_knownRequest_isThePublishedSignature(
            String name, String method, String target, String signed, String body, String expected) {
        WireRequest request = request(method, target, headers(signed), body);

        assertThat(Signature.expected(CLIENT_ID, SECRET, request, false)).isEqualTo(expected);
    }

    @Test
    void expected_oldAlgorithm_isThePublishedSignature() {
        WireRequest token = request("GET", "/v1.0/token?grant_type=1", headers("none"), "");
        WireRequest business = request("GET", COMMON, headers("none"), "");
        Headers others = new Headers.Builder()
                .add("access_token", "c5b8e7f847d1382d242e90a93be291cc")
                .add("t", "1615274964146")
                .build();

        assertThat(Signature.expected(CLIENT_ID, SECRET, token, true))
                .isEqualTo("CEAAFB5CCDC2F723A9FD3E91D3D2238EE0DD9A6D7C3C365DEB50FC2AF277AA83");
        assertThat(Signature.expected(CLIENT_ID, SECRET, business, true))
                .isEqualTo("36C30E300F226B68ADD014DD1EF56A81EDB7B7A817840485769B9D6C96D0FAA1");
        assertThat(Signature.expected(
                        "this-is-mock-accessKey",
                        "this-is-mock-secretKey",
                        request("POST", COMMON, others, "{}"),
                        true))
                .isEqualTo("625F3177068C99E176760A64D598D0D6066798B19C2C5C374A424D4CE7E277FA");
    }

    @Test
    void expected_signedHeaders_endEachInItsOwnNewline() {
        WireRequest request = request("GET", "/v1.0/token?grant_type=1", headers("nonce area"), "");

        assertThat(Signature.expected(CLIENT_ID, SECRET, request, false))
                .as("the signature without the newline after the last header")
                .isNotEqualTo("0BDAB2B79347E4FD29ACF522683154D1ADEF2D1D364FAD5740A649C025DB0370");
        assertThat(Signature.stringToSign(request))
                .isEqualTo("GET\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
                        + "area_id:29a33e8796834b1efa6\ncall_id:8afdb70ab2ed11eb85290242ac130003\n\n"
                        + "/v1.0/token?grant_type=1");
    }

    private static WireRequest request(String method, String target, Headers headers, String body) {
        return WireRequest.of(method, target, headers, ByteString.encodeUtf8(body), 0);
    }

    private static Headers headers(String signed) {
        Headers.Builder headers = new Headers.Builder()
                .add("client_id", CLIENT_ID)
                .add("t", "1588925778000")
                .add("access_token", "3f4eda2bdec17232f67c0b188af3eec1")
                .add("Content-Type", "application/json");
        if (signed.startsWith("nonce")) {
            headers.add("nonce", NONCE);
        }
        if (signed.endsWith("area")) {
            headers.add("area_id", "29a33e8796834b1efa6")
                    .add("call_id", "8afdb70ab2ed11eb85290242ac130003")
                    .add("Signature-Headers", "area_id:call_id");
        } else if (signed.endsWith("client")) {
            headers.add("Signature-Headers", "client_id");
        } else if (signed.equals("type")) {
            headers.add("Signature-Headers", "Content-type");
        }
        return headers.build();
    }
}
