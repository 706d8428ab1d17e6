package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the HMAC that goes on from kept states against a published answer and against the runtime's own. */
class HmacSha256Test {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void sign_caseTwoOfRfc4231_givesThePublishedAnswer() {
        HmacSha256 hmac = new HmacSha256("Jefe", "what do ya ");

        assertThat(HEX.formatHex(hmac.sign(bytes("want for nothing?"))))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 63, 64, 65, 127, 128, 129, 300})
    void sign_keyOfAnyLength_givesWhatTheRuntimeGives(int length) throws GeneralSecurityException {
        String key = text(length, length);
        for (int beginning : List.of(0, 1, 20, 63, 64, 65, 130)) {
            for (int rest : List.of(0, 1, 43, 44, 55, 56, 63, 64, 65, 500)) {
                String start = text(beginning, 7);
                String message = text(rest, 8);

                assertThat(new HmacSha256(key, start).sign(bytes(message)))
                        .as("key of %d, beginning of %d, rest of %d", length, beginning, rest)
                        .isEqualTo(expected(key, start + message));
            }
        }
    }

    @Test
    void sign_keyBeyondAscii_takesItAsUtf8() throws GeneralSecurityException {
        assertThat(new HmacSha256("Schlüssel-鍵", "Präfix").sign(bytes("Küche")))
                .isEqualTo(expected("Schlüssel-鍵", "PräfixKüche"));
    }

    @Test
    void sign_manyThreads_givesEachItsOwn() {
        HmacSha256 hmac = new HmacSha256("secret", "id");

        IntStream.range(0, 20_000).parallel().forEach(i -> assertThat(hmac.sign(bytes("message " + i)))
                .isEqualTo(new HmacSha256("secret", "").sign(bytes("idmessage " + i))));
    }

    @Test
    void hash_someBytes_givesTheirSha256() throws GeneralSecurityException {
        HmacSha256 hmac = new HmacSha256("secret", "id");

        assertThat(hmac.hash(bytes("{}")))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes("{}")));
        assertThat(HEX.formatHex(hmac.hash(bytes(""))))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    private static byte[] expected(String key, String message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
        return mac.doFinal(bytes(message));
    }

    /** Letters and digits that depend on nothing but the seed. */
    private static String text(int length, long seed) {
        return new Random(seed)
                .ints(length, 33, 127)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
