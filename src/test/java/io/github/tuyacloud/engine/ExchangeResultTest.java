package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how a response is parsed before it is classified. */
class ExchangeResultTest {

    @Test
    void of_jsonWithoutSuccess_isNotAnEnvelope() {
        assertThat(Envelope.of(null, 200)).isNull();
        assertThat(Envelope.of(List.of(), 200)).isNull();
        assertThat(Envelope.of(Map.of("result", 1L), 200)).isNull();
        assertThat(Envelope.of(Map.of("success", "perhaps"), 200)).isNull();
    }

    @Test
    void of_envelope_hasItsMembers() {
        Envelope envelope = envelope("code", 1106L, "msg", "permission deny", "tid", "t1", "t", 1709294400000L);

        assertThat(envelope.success()).isFalse();
        assertThat(envelope.httpStatus()).isEqualTo(200);
        assertThat(envelope.attempts()).isEqualTo(1);
        assertThat(envelope.code()).isEqualTo("1106");
        assertThat(envelope.message()).isEqualTo("permission deny");
        assertThat(envelope.tid()).isEqualTo("t1");
        assertThat(envelope.serverTime()).isEqualTo(Instant.parse("2024-03-01T12:00:00Z"));
        assertThat(envelope.result()).isNull();
    }

    static Stream<Arguments> codes() {
        return Stream.of(
                Arguments.of(1106L, "1106"),
                Arguments.of("1106", "1106"),
                Arguments.of(" 1106 ", "1106"),
                Arguments.of(new BigDecimal("1106.0"), "1106"),
                Arguments.of("1106.0", "1106"),
                Arguments.of(new BigDecimal("1106.5"), "1106.5"),
                Arguments.of(4294967296L + 1010, "4294968306"),
                Arguments.of(new BigInteger("99999999999999999999"), "99999999999999999999"),
                Arguments.of("DEVICE_NOT_EXIST_V2", "DEVICE_NOT_EXIST_V2"),
                Arguments.of("", null),
                Arguments.of(null, null),
                Arguments.of(true, null),
                Arguments.of(List.of(1106L), null),
                Arguments.of(Map.of("code", 1106L), null));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void code_anyType_isText(@Nullable Object code, @Nullable String text) {
        assertThat(envelope("code", code).code()).isEqualTo(text);
    }

    @Test
    void code_absent_isNull() {
        assertThat(envelope().code()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "error_code", "errorCode"})
    void code_anySpelling_isRead(String name) {
        assertThat(envelope(name, 1106L).code()).isEqualTo("1106");
    }

    @Test
    void code_severalSpellings_firstPresentOneCounts() {
        assertThat(envelope("code", 1106L, "errorCode", "X").code()).isEqualTo("1106");
        assertThat(envelope("code", Map.of(), "error_code", "X").code()).isEqualTo("X");
    }

    @ParameterizedTest
    @ValueSource(strings = {"msg", "message", "error_msg", "errorMsg"})
    void message_anySpelling_isRead(String name) {
        assertThat(envelope(name, "no").message()).isEqualTo("no");
    }

    @ParameterizedTest
    @CsvSource({
        "code, msg",
        "code, message",
        "error_code, error_msg",
        "errorCode, errorMsg",
        "code, errorMsg",
        "errorCode, msg"
    })
    void of_codeAndMessageWithoutSuccess_isARefusal(String code, String message) {
        Envelope envelope = Envelope.of(Map.of(code, "DEVICE_NOT_EXIST_V2", message, "gone", "t", 5L), 200);

        assertThat(envelope.success()).isFalse();
        assertThat(envelope.isPlainRefusal()).isTrue();
        assertThat(envelope.code()).isEqualTo("DEVICE_NOT_EXIST_V2");
        assertThat(envelope.message()).isEqualTo("gone");
        assertThat(envelope.serverTime()).isEqualTo(Instant.ofEpochMilli(5));
    }

    @Test
    void of_codeWithoutMessageOrWithResult_isNotAnEnvelope() {
        assertThat(Envelope.of(Map.of("code", 1106L), 200)).isNull();
        assertThat(Envelope.of(Map.of("msg", "no"), 200)).isNull();
        assertThat(Envelope.of(Map.of("code", 1106L, "msg", "no", "result", 1L), 200))
                .isNull();
        assertThat(Envelope.of(Map.of("code", 1106L, "msg", "no", "success", "perhaps"), 200))
                .isNull();
        assertThat(Envelope.of(Map.of("code", Map.of(), "msg", "no"), 200)).isNull();
    }

    @Test
    void isPlainRefusal_successMember_isFalse() {
        assertThat(envelope("code", 1106L, "msg", "no").isPlainRefusal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, (1L << 48) + 1, Long.MAX_VALUE})
    void serverTime_implausible_isIgnored(long t) {
        assertThat(envelope("t", t).serverTime()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 48})
    void serverTime_extreme_isAccepted(long t) {
        assertThat(envelope("t", t).serverTime()).isEqualTo(Instant.ofEpochMilli(t));
    }

    @Test
    void after_oneAttempt_isTheSame() {
        Envelope envelope = envelope("t", 1L);

        assertThat(envelope.after(1)).isSameAs(envelope);
        assertThat(envelope.after(3)).isEqualTo(new Envelope(envelope.fields(), null, false, 200, 3));
    }

    @Test
    void serverTime_ofAResponse_addsHalfTheRoundTrip() {
        ExchangeResult response =
                new ExchangeResult(200, null, envelope("t", 1000L), Duration.ofMillis(500), null, true, null);

        assertThat(response.serverTime()).isEqualTo(Instant.ofEpochMilli(1250));
        assertThat(new ExchangeResult(200, null, null, Duration.ZERO, "empty", true, null).serverTime())
                .isNull();
        assertThat(new ExchangeResult(200, null, envelope(), Duration.ZERO, null, true, null).serverTime())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"199, false", "200, true", "299, true", "300, false", "500, false"})
    void isSuccessful_success_dependsOnTheStatus(int status, boolean successful) {
        Envelope success = new Envelope(Map.of("success", true), null, true, status, 1);

        assertThat(new ExchangeResult(status, null, success, Duration.ZERO, null, true, null).isSuccessful())
                .isEqualTo(successful);
    }

    @Test
    void isSuccessful_noSuccess_isFalse() {
        assertThat(new ExchangeResult(200, null, envelope(), Duration.ZERO, null, true, null).isSuccessful())
                .isFalse();
        assertThat(new ExchangeResult(200, null, null, Duration.ZERO, "empty", true, null).isSuccessful())
                .isFalse();
    }

    private static Envelope envelope(Object... namesAndValues) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("success", false);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Envelope.of(fields, 200);
    }
}
