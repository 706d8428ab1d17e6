package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks signatures against known values: those that the vendor publishes, and others computed by its rules. */
class RequestSignerTest {

    private static final String KEY = "1KAD46OrT9HafiKdsXeg";
    private static final String SECRET = "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC";
    private static final String T = "1588925778000";
    private static final String TOKEN = "3f4eda2bdec17232f67c0b188af3eec1";
    private static final String PATH = "/v1.0/devices/bf2c1e00ab0f12face";

    private static final RequestSigner CURRENT = new RequestSigner(KEY, SECRET, true);
    private static final RequestSigner OLD = new RequestSigner(KEY, SECRET, false);

    /** A request, its signer and the expected signature. */
    private record TestVector(String name, RequestSigner signer, RequestSigner.Input input, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource({"published", "selfMade"})
    void sign_knownInput_returnsTheKnownSignature(TestVector vector) {
        assertThat(vector.signer().sign(vector.input())).isEqualTo(vector.expected());
    }

    @Test
    void message_currentAlgorithm_hasABlankLineForSignedHeaders() {
        assertThat(CURRENT.message(business("PUT", PATH, "{\"name\":\"Küche\"}")))
                .isEqualTo(KEY + TOKEN + T + "PUT\n"
                        + "a8314f7e3f6c04e8cafd853bdf51b3a70671a67132c893bcd9903043f2a2d673\n"
                        + "\n"
                        + "/v1.0/devices/bf2c1e00ab0f12face");
    }

    @Test
    void sign_manyThreads_returnsCorrectSignatures() {
        RequestSigner fresh = new RequestSigner(KEY, SECRET, true);

        IntStream.range(0, 20_000).parallel().forEach(i -> assertThat(CURRENT.sign(business("GET", PATH + i, "")))
                .isEqualTo(fresh.sign(business("GET", PATH + i, ""))));
    }

    @Test
    void sign_nonAsciiSecret_isEncodedAsUtf8() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes("Schlüssel-鍵"), "HmacSHA256"));
        byte[] expected = mac.doFinal(bytes("id" + T));

        String signature = new RequestSigner("id", "Schlüssel-鍵", false).sign(token(PATH));

        assertThat(signature).isEqualTo(HexFormat.of().withUpperCase().formatHex(expected));
    }

    @Test
    void sign_providerWithoutClone_returnsTheSameSignature() {
        Provider provider = new Provider("NoClone", "1", "an HMAC that cannot be cloned") {
            @Serial
            private static final long serialVersionUID = 1L;
        };
        provider.put("Mac.HmacSHA256", NoCloneMac.class.getName());
        Security.insertProviderAt(provider, 1);
        try {
            RequestSigner signer = new RequestSigner(KEY, SECRET, true);

            assertThat(signer.sign(business("GET", PATH, ""))).isEqualTo(CURRENT.sign(business("GET", PATH, "")));
            assertThat(signer.sign(business("GET", PATH, ""))).isEqualTo(CURRENT.sign(business("GET", PATH, "")));
            assertThat(NoCloneMac.made()).isGreaterThanOrEqualTo(3);
        } finally {
            Security.removeProvider("NoClone");
        }
    }

    /** An HMAC whose provider does not support {@code clone}. */
    public static final class NoCloneMac extends MacSpi {

        private static final AtomicInteger MADE = new AtomicInteger();

        private final Mac mac;

        /** Creates one, as the provider does. */
        public NoCloneMac() throws GeneralSecurityException {
            MADE.incrementAndGet();
            mac = Mac.getInstance("HmacSHA256", "SunJCE");
        }

        static int made() {
            return MADE.get();
        }

        @Override
        protected int engineGetMacLength() {
            return mac.getMacLength();
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters) throws InvalidKeyException {
            mac.init(key);
        }

        @Override
        protected void engineUpdate(byte input) {
            mac.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            mac.update(input, offset, length);
        }

        @Override
        protected byte[] engineDoFinal() {
            return mac.doFinal();
        }

        @Override
        protected void engineReset() {
            mac.reset();
        }
    }

    static Stream<TestVector> published() {
        RequestSigner connector = new RequestSigner("this-is-mock-accessKey", "this-is-mock-secretKey", false);
        return Stream.of(
                new TestVector(
                        "V3 old, token",
                        OLD,
                        token("/v1.0/token?grant_type=1"),
                        "CEAAFB5CCDC2F723A9FD3E91D3D2238EE0DD9A6D7C3C365DEB50FC2AF277AA83"),
                new TestVector(
                        "V4 old, business",
                        OLD,
                        business("GET", PATH, ""),
                        "36C30E300F226B68ADD014DD1EF56A81EDB7B7A817840485769B9D6C96D0FAA1"),
                new TestVector(
                        "V5 command",
                        CURRENT,
                        business(
                                "POST",
                                PATH + "/commands",
                                "{\"commands\":[{\"code\":\"switch_led\",\"value\":false}]}"),
                        "F27DD95A15E84C954DB2ED016096D517681FE79853B6CDAD446927352691804E"),
                new TestVector(
                        "V6 old, another project",
                        connector,
                        new RequestSigner.Input(
                                "GET", PATH, bytes(""), "c5b8e7f847d1382d242e90a93be291cc", "1615274964146"),
                        "625F3177068C99E176760A64D598D0D6066798B19C2C5C374A424D4CE7E277FA"));
    }

    static Stream<TestVector> selfMade() {
        return Stream.of(
                new TestVector(
                        "S1 token",
                        CURRENT,
                        token("/v1.0/token?grant_type=1"),
                        "7BA26C076E5ECB1E959BE274A0FFB397B2B1865FC7BCED8F1C78AC5653C20CAA"),
                new TestVector(
                        "S2 refresh",
                        CURRENT,
                        token("/v1.0/token/0123456789abcdef0123456789abcdef"),
                        "C6D179038514282FE1B9CFA2A52BFE1A53BE8D0FA174CE19F92D1FC5284CC797"),
                new TestVector(
                        "S3 commas in a query",
                        CURRENT,
                        business(
                                "GET",
                                PATH + "/logs?end_time=1588925778000&query_type=1&size=100&start_time=1588839378000"
                                        + "&type=1,2,3,4,5,6,7,8,9,10",
                                ""),
                        "F5282C7199D00EE74066546B973424A7404713D33CF84D8A02381BC989A09B89"),
                new TestVector(
                        "S4 decoded UTF-8 in a query",
                        CURRENT,
                        business("GET", "/v1.3/iot-03/devices?name=Küche 灯 1+1&page_size=20&source_type=tuyaUser", ""),
                        "BCCFAE3DE02D23E8352238E34246ED28E66AD1F15832C92DB804F34A12114312"),
                new TestVector(
                        "S6 UTF-8 in a body",
                        CURRENT,
                        business("PUT", PATH, "{\"name\":\"Küche\"}"),
                        "9F15A35F2B90364F295C683DC04156C4A9467643E284A6B2E9399A262AEC2E87"),
                new TestVector(
                        "S7 removal without body",
                        CURRENT,
                        business("DELETE", PATH, ""),
                        "AF08105383FF1D3D55ADEE4B0708F22F10D63BA6C2F8A5D2A595ABA79A125F68"),
                new TestVector(
                        "S9 empty object as body",
                        CURRENT,
                        business("POST", "/v1.0/homes/1/scenes/2/trigger", "{}"),
                        "BEC6B8881F72DFB534E3F90E474A4C8ADD8E3CC6322BB0AC24BA173609CCB1FA"),
                new TestVector(
                        "S10 no body",
                        CURRENT,
                        business("POST", "/v1.0/homes/1/scenes/2/trigger", ""),
                        "0B2339B0C51E8555EE0E091AFB9A1A7A0CC92CE89839A4C727B4D209B269416A"));
    }

    private static RequestSigner.Input token(String url) {
        return new RequestSigner.Input("GET", url, bytes(""), null, T);
    }

    private static RequestSigner.Input business(String method, String url, String body) {
        return new RequestSigner.Input(method, url, bytes(body), TOKEN, T);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
