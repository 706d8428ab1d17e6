package io.github.tuyacloud.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.StatusReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the message service's password and both ciphers against values computed without this code. */
class KnownAnswerTest {

    private static final String ACCESS_ID = "1KAD46OrT9HafiKdsXeg";
    private static final String ACCESS_SECRET = "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC";
    private static final byte[] KEY = "qaEC1mWXOpVL3yV5".getBytes(StandardCharsets.US_ASCII);
    private static final String PLAIN = "{\"dataId\":\"d1\",\"devId\":\"bf2c1e00ab0f12face\",\"productKey\":\"pk1\","
            + "\"status\":[{\"code\":\"switch_led\",\"t\":1588925778000,\"value\":true,\"20\":\"true\"}]}";
    private static final String ECB =
            "bsSx94XKKJdIlqe99YxDLf9N30SFHk6zip4dpUbtpdKaOffSroXTPaNO1EoYUTRioTguhago9DeHZnb9FlrvcuP15"
                    + "mzgLR1xbZ2qTzTXRocnYEFnz9647C2GM3L4r2VHCPfzoopPIC978RU6S1hT76m4fa2LkmlooyHgu/OuYtW8iQYALthT1bWdr6Uz8JFv";
    private static final String GCM =
            "AAECAwQFBgcICQoLwMbydNZ7oC3wTxTmYmYyc1aLdCpflt/gQWWPjjRkdpZ55RvkEjW+H2MvoTaHhFI6s8sf2EkJs"
                    + "eY4PHBN88EwmhlUGvrlUh7R2L4Me/bLq0PafNgWeD0sxz8RZLC3IxfTuVgjD9wAuKp4iWLO63c74LeElOEZjhh1h0o6RahEsA7Er3RURlx7"
                    + "pEzZf9O7W6DG3u+BidyIW4QDZ9A=";

    private final PayloadCipher cipher = new PayloadCipher(KEY);

    @Test
    void password_knownCredentials_isTheKnownOne() {
        MessageCredentials credentials = new MessageCredentials(ACCESS_ID, ACCESS_SECRET);

        assertThat(credentials.password()).isEqualTo("7e3ee9916b8f32b8");
        assertThat(credentials.payloadKey()).isEqualTo(KEY);
        assertThat(credentials).asString().doesNotContain(ACCESS_SECRET, "7e3ee9916b8f32b8");
    }

    @Test
    void payloadKey_tooShortSecret_isRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> new MessageCredentials(ACCESS_ID, "short-secret").payloadKey())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("apiSecret")
                .hasMessageNotContaining("short-secret");
    }

    @Test
    void decrypt_knownEcb_returnsTheKnownText() throws Exception {
        assertThat(text(cipher.decrypt(bytes(ECB), "aes_ecb"))).isEqualTo(PLAIN);
        assertThat(text(cipher.decrypt(bytes(ECB), null))).isEqualTo(PLAIN);
    }

    @Test
    void decrypt_knownGcm_returnsTheKnownText() throws Exception {
        assertThat(text(cipher.decrypt(bytes(GCM), "aes_gcm"))).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void decrypt_gcmWithoutAName_isRecognizedByItsTag(String method) throws Exception {
        assertThat(text(cipher.decrypt(bytes(GCM), method))).isEqualTo(PLAIN);
        for (String other : List.of(ECB, GCM)) {
            byte[] changed = bytes(other);
            changed[changed.length - 1] ^= 1;
            assertThatThrownBy(() -> cipher.decrypt(changed, method))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("another access secret");
        }
    }

    @Test
    void decrypt_undeclaredGcmThatResemblesPaddedEcb_isRecognizedByItsTag() throws Exception {
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
        Cipher ecb = Cipher.getInstance("AES/ECB/PKCS5Padding");
        SecretKeySpec key = new SecretKeySpec(KEY, "AES");
        ecb.init(Cipher.DECRYPT_MODE, key);
        byte[] plain = (PLAIN + " ".repeat(4 - PLAIN.length() % 16 + 16)).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 100_000; i++) {
            byte[] nonce = ByteBuffer.allocate(12).putInt(8, i).array();
            gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            byte[] sealed = gcm.doFinal(plain);
            byte[] message = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, message, nonce.length, sealed.length);
            try {
                ecb.doFinal(message);
            } catch (BadPaddingException e) {
                continue;
            }
            assertThat(cipher.decrypt(message, null)).isEqualTo(plain);
            return;
        }
        fail("no message looks like padded ECB");
    }

    @Test
    void read_contentEncodedASecondTime_isRead() throws Exception {
        Cipher ecb = Cipher.getInstance("AES/ECB/PKCS5Padding");
        ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"));
        byte[] data = ecb.doFinal(Json.write(PLAIN).getBytes(StandardCharsets.UTF_8));
        String envelope =
                Json.write(Map.of("protocol", 4, "data", Base64.getEncoder().encodeToString(data)));
        String payload = Base64.getEncoder().encodeToString(envelope.getBytes(StandardCharsets.UTF_8));
        Frame frame = Frame.parse(Json.write(Map.of("messageId", "m1", "payload", payload)));

        assertThat(new MessageReader(cipher).read(frame, 0))
                .isInstanceOfSatisfying(StatusReport.class, report -> assertThat(report.dataPoints())
                        .singleElement()
                        .satisfies(change -> assertThat(change.value()).isEqualTo(true)));
    }

    @Test
    void decrypt_gcmUnderTheNameOfEcb_isRefused() {
        assertThatThrownBy(() -> cipher.decrypt(bytes(GCM), "aes_ecb")).isInstanceOf(UnreadableException.class);
    }

    @Test
    void decrypt_gcmWithAnyByteChanged_isRefused() {
        byte[] good = bytes(GCM);
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> cipher.decrypt(changed, "aes_gcm"))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("tag");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 15, 27})
    void decrypt_tooShort_isRefused(int length) {
        byte[] cut = java.util.Arrays.copyOf(bytes(GCM), length);

        assertThatThrownBy(() -> cipher.decrypt(cut, "aes_gcm")).isInstanceOf(UnreadableException.class);
    }

    @Test
    void decrypt_unknownMethodOrBrokenPadding_isRefused() {
        assertThatThrownBy(() -> cipher.decrypt(bytes(ECB), "aes_cbc"))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("em");
        assertThatThrownBy(() -> cipher.decrypt(new byte[17], "aes_ecb")).isInstanceOf(UnreadableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "AES_ECB", "aes_ecb"})
    void decrypt_ecbUnderAnyName_returnsTheKnownText(String method) throws Exception {
        assertThat(text(cipher.decrypt(bytes(ECB), method))).isEqualTo(text(cipher.decrypt(bytes(ECB), null)));
    }

    @Test
    void read_base64WithLineBreaks_isRead() throws Exception {
        Base64.Encoder inLines = Base64.getMimeEncoder(20, new byte[] {'\r', '\n'});
        String envelope = Json.write(Map.of("protocol", 4, "data", inLines.encodeToString(bytes(ECB))));
        String payload = inLines.encodeToString(envelope.getBytes(StandardCharsets.UTF_8));
        Frame frame = Frame.parse(Json.write(Map.of("messageId", "id", "payload", payload)));

        assertThat(new MessageReader(cipher).read(frame, 0)).isInstanceOf(StatusReport.class);
    }

    @Test
    void read_contentNamedEncryptPayload_isRead() throws Exception {
        for (Map<String, Object> envelope : List.<Map<String, Object>>of(
                Map.of("protocol", 4, "encryptPayload", ECB, "t", 0),
                Map.of("protocol", "4", "encryptPayload", ECB, "data", ""),
                Map.of("encryptPayload", ECB))) {
            Frame frame = new Frame("id", base64(Json.write(envelope)), Map.of(), null, null, 0);

            LiveMessage message = new MessageReader(cipher).read(frame, 0);

            assertThat(message).as("%s", envelope.keySet()).isInstanceOf(StatusReport.class);
            assertThat(message.header().time()).isNull();
        }
    }

    @Test
    void parse_publishTimeOfZero_isAbsent() {
        Frame frame = Frame.parse("{\"messageId\":\"id\",\"publishTime\":\"1970-01-01T00:00:00Z\"}");

        assertThat(frame).isNotNull();
        assertThat(frame.publishTime()).isNull();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void parse_nullProperty_isSkipped() {
        Frame frame = Frame.parse("{\"messageId\":\"id\",\"properties\":{\"em\":null,\"a\":1}}");

        assertThat(frame).isNotNull();
        assertThat(frame.properties()).isEqualTo(Map.of("a", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "bm8ganNvbg==", "WzFd", "e30=", "eyJkYXRhIjoiISJ9"})
    void read_malformedEnvelope_isRefused(String payload) {
        Frame frame = new Frame("id", payload, Map.of(), null, null, 0);

        assertThatThrownBy(() -> new MessageReader(cipher).read(frame, 0)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void parse_textThatIsNotAMessage_returnsNull() {
        assertThat(Frame.parse("no json")).isNull();
        assertThat(Frame.parse("[]")).isNull();
        assertThat(Frame.parse("{\"endOfTopic\":false}")).isNull();
        Frame frame = Frame.parse(Json.write(
                Map.of("messageId", "CAAQAw==", "publishTime", "2024-05-01T10:00:00.000+02:00", "payload", PLAIN)));
        assertThat(frame).isNotNull();
        assertThat(frame.publishTime()).isEqualTo("2024-05-01T08:00:00Z");
        assertThat(frame).asString().doesNotContain("switch_led");
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
