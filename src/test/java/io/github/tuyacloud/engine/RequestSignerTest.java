package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks signatures against known answers: those that the vendor publishes, and more that follow from its rules. */
class RequestSignerTest {

    private static final String KEY = "1KAD46OrT9HafiKdsXeg";
    private static final String SECRET = "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC";
    private static final String T = "1588925778000";
    private static final String NONCE = "5138cc3a9033d69856923fd07b491173";
    private static final String TOKEN = "3f4eda2bdec17232f67c0b188af3eec1";
    private static final String PATH = "/v1.0/devices/bf2c1e00ab0f12face";

    private static final RequestSigner CURRENT = new RequestSigner(KEY, SECRET, true);
    private static final RequestSigner OLD = new RequestSigner(KEY, SECRET, false);

    private static final RequestSigner.Input V1 =
            new RequestSigner.Input("GET", "/v1.0/token?grant_type=1", bytes(""), null, T, NONCE, vendorHeaders());

    /** A request, who signs it, and what must come out. */
    private record Answer(String name, RequestSigner signer, RequestSigner.Input input, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource({"published", "selfMade"})
    void sign_knownInput_givesKnownSignature(Answer answer) {
        assertThat(answer.signer().sign(answer.input())).isEqualTo(answer.expected());
    }

    @Test
    void sign_signedHeaders_endEachWithItsOwnLineEnd() {
        String withoutLastLineEnd = "0BDAB2B79347E4FD29ACF522683154D1ADEF2D1D364FAD5740A649C025DB0370";

        assertThat(CURRENT.sign(V1)).isNotEqualTo(withoutLastLineEnd);
    }

    @Test
    void message_signedHeaders_isWordForWordThePublishedOne() {
        assertThat(CURRENT.message(V1))
                .isEqualTo(T + NONCE + "GET\n"
                        + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
                        + "area_id:29a33e8796834b1efa6\n"
                        + "call_id:8afdb70ab2ed11eb85290242ac130003\n"
                        + "\n"
                        + "/v1.0/token?grant_type=1");
    }

    @Test
    void message_noSignedHeaders_hasABlankLineInTheirPlace() {
        assertThat(CURRENT.message(business("PUT", PATH, "{\"name\":\"Küche\"}")))
                .isEqualTo(TOKEN + T + "PUT\n"
                        + "a8314f7e3f6c04e8cafd853bdf51b3a70671a67132c893bcd9903043f2a2d673\n"
                        + "\n"
                        + "/v1.0/devices/bf2c1e00ab0f12face");
    }

    @Test
    void sign_sameInputTwice_givesTheSame() {
        assertThat(CURRENT.sign(V1)).isEqualTo(CURRENT.sign(V1));
    }

    static Stream<Answer> published() {
        RequestSigner connector = new RequestSigner("this-is-mock-accessKey", "this-is-mock-secretKey", false);
        return Stream.of(
                new Answer(
                        "V1 token with nonce and headers",
                        CURRENT,
                        V1,
                        "9E48A3E93B302EEECC803C7241985D0A34EB944F40FB573C7B5C2A82158AF13E"),
                new Answer(
                        "V2 business with nonce and headers",
                        CURRENT,
                        new RequestSigner.Input(
                                "GET",
                                "/v2.0/apps/schema/users?page_no=1&page_size=50",
                                bytes(""),
                                TOKEN,
                                T,
                                NONCE,
                                vendorHeaders()),
                        "AE4481C692AA80B25F3A7E12C3A5FD9BBF6251539DD78E565A1A72A508A88784"),
                new Answer(
                        "V3 old, token",
                        OLD,
                        token("/v1.0/token?grant_type=1"),
                        "CEAAFB5CCDC2F723A9FD3E91D3D2238EE0DD9A6D7C3C365DEB50FC2AF277AA83"),
                new Answer(
                        "V4 old, business",
                        OLD,
                        business("GET", PATH, ""),
                        "36C30E300F226B68ADD014DD1EF56A81EDB7B7A817840485769B9D6C96D0FAA1"),
                new Answer(
                        "V5 command",
                        CURRENT,
                        business(
                                "POST",
                                PATH + "/commands",
                                "{\"commands\":[{\"code\":\"switch_led\",\"value\":false}]}"),
                        "F27DD95A15E84C954DB2ED016096D517681FE79853B6CDAD446927352691804E"),
                new Answer(
                        "V6 old, another project",
                        connector,
                        new RequestSigner.Input(
                                "GET",
                                PATH,
                                bytes(""),
                                "c5b8e7f847d1382d242e90a93be291cc",
                                "1615274964146",
                                "",
                                Map.of()),
                        "625F3177068C99E176760A64D598D0D6066798B19C2C5C374A424D4CE7E277FA"));
    }

    static Stream<Answer> selfMade() {
        return Stream.of(
                new Answer(
                        "S1 token",
                        CURRENT,
                        token("/v1.0/token?grant_type=1"),
                        "7BA26C076E5ECB1E959BE274A0FFB397B2B1865FC7BCED8F1C78AC5653C20CAA"),
                new Answer(
                        "S2 refresh",
                        CURRENT,
                        token("/v1.0/token/0123456789abcdef0123456789abcdef"),
                        "C6D179038514282FE1B9CFA2A52BFE1A53BE8D0FA174CE19F92D1FC5284CC797"),
                new Answer(
                        "S3 commas in a query",
                        CURRENT,
                        business(
                                "GET",
                                PATH + "/logs?end_time=1588925778000&query_type=1&size=100&start_time=1588839378000"
                                        + "&type=1,2,3,4,5,6,7,8,9,10",
                                ""),
                        "F5282C7199D00EE74066546B973424A7404713D33CF84D8A02381BC989A09B89"),
                new Answer(
                        "S4 decoded UTF-8 in a query",
                        CURRENT,
                        business("GET", "/v1.3/iot-03/devices?name=Küche 灯 1+1&page_size=20&source_type=tuyaUser", ""),
                        "BCCFAE3DE02D23E8352238E34246ED28E66AD1F15832C92DB804F34A12114312"),
                new Answer(
                        "S5 one signed header",
                        CURRENT,
                        new RequestSigner.Input(
                                "POST",
                                "/v1.0/iot-03/devices/bf2c1e00ab0f12face/commands",
                                bytes("{\"commands\":[{\"code\":\"switch_led\",\"value\":true}]}"),
                                TOKEN,
                                T,
                                "",
                                Map.of("Content-type", "application/json")),
                        "FB2D8F9BB7C92AF23BF92023F2643E18A4BB109427BCDF62E8D8A336E59A4EA4"),
                new Answer(
                        "S6 UTF-8 in a body",
                        CURRENT,
                        business("PUT", PATH, "{\"name\":\"Küche\"}"),
                        "9F15A35F2B90364F295C683DC04156C4A9467643E284A6B2E9399A262AEC2E87"),
                new Answer(
                        "S7 removal without body",
                        CURRENT,
                        business("DELETE", PATH, ""),
                        "AF08105383FF1D3D55ADEE4B0708F22F10D63BA6C2F8A5D2A595ABA79A125F68"),
                new Answer(
                        "S8 empty value, nonce, signed client_id",
                        CURRENT,
                        new RequestSigner.Input(
                                "GET",
                                "/v1.0/users/ay1/devices?from=&page_no=1&page_size=100",
                                bytes(""),
                                TOKEN,
                                T,
                                NONCE,
                                Map.of("client_id", KEY)),
                        "6423CD984BD6AF1A719A3D83365E303CF756FC64960058AC75947EC2F78C576C"),
                new Answer(
                        "S9 empty object as body",
                        CURRENT,
                        business("POST", "/v1.0/homes/1/scenes/2/trigger", "{}"),
                        "BEC6B8881F72DFB534E3F90E474A4C8ADD8E3CC6322BB0AC24BA173609CCB1FA"),
                new Answer(
                        "S10 no body",
                        CURRENT,
                        business("POST", "/v1.0/homes/1/scenes/2/trigger", ""),
                        "0B2339B0C51E8555EE0E091AFB9A1A7A0CC92CE89839A4C727B4D209B269416A"));
    }

    private static RequestSigner.Input token(String url) {
        return new RequestSigner.Input("GET", url, bytes(""), null, T, "", Map.of());
    }

    private static RequestSigner.Input business(String method, String url, String body) {
        return new RequestSigner.Input(method, url, bytes(body), TOKEN, T, "", Map.of());
    }

    private static Map<String, String> vendorHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("area_id", "29a33e8796834b1efa6");
        headers.put("call_id", "8afdb70ab2ed11eb85290242ac130003");
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
