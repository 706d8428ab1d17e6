package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.config.AccessToken;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what is masked in texts from the cloud, and what is kept. */
class RedactorTest {

    private static final AccessToken TOKEN = new AccessToken("tok-77", Instant.MAX);

    private final Redactor redactor = new Redactor("the-secret");

    @Test
    void redact_knownSecrets_areMasked() {
        assertThat(redactor.redact("a the-secret b tok-77 c", TOKEN)).isEqualTo("a *** b *** c");
        assertThat(redactor.redact("a the-secret b tok-77 c", null)).isEqualTo("a *** b tok-77 c");
        assertThat(redactor.redact(null, TOKEN)).isNull();
    }

    @Test
    void redact_messageOfMegabytes_isCutAndLeavesNoPartOfAToken() {
        String token = "00112233445566778899aabbccddeeff";
        String words = "x".repeat(9_970) + " " + token + " " + "secret is a1 ".repeat(1_000_000);

        assertThat(redactor.redact(words, null))
                .hasSizeLessThan(10_000)
                .startsWith("xxx")
                .doesNotContain("0011");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "password=hunter2,password=***",
                "passwd: x y,passwd: *** y",
                "\"local_key\":\"a;b\",\"local_key\":\"***\"",
                "LocalKey = q}z,LocalKey = ***}z",
                "access_token:abc,access_token:***",
                "refreshToken  =  abc,refreshToken  =  ***",
                "secret is s3cret!,secret is ***",
                "password 12ab,password ***",
                "token 00112233445566778899AABBCCDDEEFF ends,token *** ends"
            })
    void redact_namedSecrets_areMasked(String words, String clean) {
        assertThat(redactor.redact(words, null)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret invalid",
                "password is wrong",
                "password 12a",
                "permission deny",
                "0011223344556677889900aabbccdde",
                "00112233445566778899aabbccddeeff0"
            })
    void redact_plainWords_areKept(String words) {
        assertThat(redactor.redact(words, TOKEN)).isEqualTo(words);
    }

    @Test
    void redactId_longSentenceOfManyLines_isOneShortLine() {
        assertThat(redactor.redactId("tok-77\r\n\u001b[1m\u2028\u0085\u202ethe-secret", TOKEN))
                .isEqualTo("*** [1m ***");
        assertThat(redactor.redactId("a b".repeat(1000), null)).hasSize(64).endsWith("...");
    }

    @Test
    void redactId_traceId_isKept() {
        assertThat(redactor.redactId("00112233445566778899aabbccddeeff", TOKEN))
                .isEqualTo("00112233445566778899aabbccddeeff");
        assertThat(redactor.redactId(null, TOKEN)).isNull();
    }

    @Test
    void redactId_knownSecret_isMasked() {
        assertThat(redactor.redactId("tok-77", TOKEN)).isEqualTo("***");
        assertThat(redactor.redactId("the-secret", null)).isEqualTo("***");
    }

    @Test
    void redactId_sentence_isRedactedAsText() {
        assertThat(redactor.redactId("password=hunter2 !", null)).isEqualTo("password=*** !");
    }

    @Test
    void toString_redactor_containsNoSecret() {
        assertThat(redactor).hasToString("Redactor");
    }
}
