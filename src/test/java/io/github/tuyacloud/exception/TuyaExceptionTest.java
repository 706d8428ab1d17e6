package io.github.tuyacloud.exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the texts and accessors of exceptions, and that serialization keeps them. */
class TuyaExceptionTest {

    private static final CallFailure FACTS = CallFailure.builder("GET /v1.0/devices/{id}")
            .httpStatus(200)
            .code(1106)
            .message("permission deny")
            .tid("t1")
            .attempts(2)
            .retryable(true)
            .hint("Link the account.")
            .build();

    @Test
    void message_allDetails_isOneLine() {
        assertThat(new TuyaAuthException(FACTS))
                .hasMessage("GET /v1.0/devices/{id} failed: 1106 permission deny (HTTP 200, tid t1, 2 attempts). "
                        + "Link the account.");
    }

    @Test
    void message_noDetails_hasOnlyTheOperation() {
        CallFailure nothing = CallFailure.builder("PUT /x").build();

        assertThat(new TuyaApiException(nothing)).hasMessage("PUT /x failed: the cloud refused without a code");
        assertThat(new TuyaTransportException(nothing, "no response", Sent.MAYBE, null))
                .hasMessage("PUT /x failed: no response");
    }

    @Test
    void accessors_apiException_returnTheDetails() {
        TuyaException exception = new TuyaQuotaException(FACTS, Duration.ofSeconds(3));

        assertThat(exception.operation()).isEqualTo("GET /v1.0/devices/{id}");
        assertThat(exception.httpStatus()).isEqualTo(200);
        assertThat(exception.code()).isEqualTo(1106);
        assertThat(exception.codeText()).isEqualTo("1106");
        assertThat(exception.apiMessage()).isEqualTo("permission deny");
        assertThat(exception.tid()).isEqualTo("t1");
        assertThat(exception.attempts()).isEqualTo(2);
        assertThat(exception.retryable()).isTrue();
        assertThat(exception.hint()).isEqualTo("Link the account.");
    }

    @Test
    void accessors_configException_areEmptyButForTheOperation() {
        TuyaException exception = new TuyaConfigException("read tinytuya.json", "no such file", null);

        assertThat(exception).hasMessage("read tinytuya.json failed: no such file");
        assertThat(exception.operation()).isEqualTo("read tinytuya.json");
        assertThat(exception.httpStatus()).isEqualTo(-1);
        assertThat(exception.code()).isEqualTo(-1);
        assertThat(exception.codeText()).isNull();
        assertThat(exception.attempts()).isZero();
        assertThat(exception.retryable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1106, 1106", "0, 0", "-5, -5", "DEVICE_NOT_EXIST_V2, -1", "99999999999, -1", "1e3, -1", "' 7 ', 7"})
    void code_text_isANumberIfItSpellsOne(String text, int code) {
        CallFailure failure = CallFailure.builder("GET /x").code(text).build();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.codeText()).isEqualTo(text.strip());
        assertThat(new TuyaApiException(failure)).hasMessageContaining("GET /x failed: " + text.strip());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void code_blankText_isMinusOne(String text) {
        CallFailure failure = CallFailure.builder("GET /x").code(text).build();

        assertThat(failure.code()).isEqualTo(-1);
        assertThat(failure.codeText()).isNull();
    }

    @Test
    void build_longTextsWithLineEnds_areShortenedToOneLine() {
        CallFailure failure = CallFailure.builder("GET /x")
                .code("A\nB" + "c".repeat(200))
                .message("1\r\n2" + "m".repeat(900))
                .tid("t\u202e" + "t".repeat(200))
                .build();

        assertThat(failure.codeText()).startsWith("A B").hasSize(80);
        assertThat(failure.apiMessage()).startsWith("1 2").hasSize(500);
        assertThat(failure.tid()).startsWith("t t").hasSize(64);
    }

    @Test
    void build_noOperation_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> CallFailure.builder(null).build())
                .withMessage("operation");
    }

    @Test
    void sent_apiException_isNoByDefault() {
        assertThat(new TuyaApiException(FACTS).sent()).isEqualTo(Sent.NO);
        assertThat(new TuyaApiException(FACTS, Sent.MAYBE).sent()).isEqualTo(Sent.MAYBE);
    }

    @Test
    void serialization_interruptedException_keepsTheDetails() throws Exception {
        TuyaInterruptedException before = new TuyaInterruptedException(FACTS, "interrupted", Sent.MAYBE, null);

        TuyaInterruptedException after = (TuyaInterruptedException) copy(before);

        assertThat(after).hasMessage(before.getMessage());
        assertThat(after.codeText()).isEqualTo("1106");
        assertThat(after.tid()).isEqualTo("t1");
        assertThat(after.sent()).isEqualTo(Sent.MAYBE);
    }

    private static Object copy(Object original) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
