package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an answer is read before anybody judges it. */
class AnswerTest {

    @Test
    void of_whatDoesNotSayWhetherItWorked_isNoEnvelope() {
        assertThat(Envelope.of(null, 200)).isNull();
        assertThat(Envelope.of(List.of(), 200)).isNull();
        assertThat(Envelope.of(Map.of("result", 1L), 200)).isNull();
        assertThat(Envelope.of(Map.of("success", "perhaps"), 200)).isNull();
    }

    @Test
    void of_envelope_givesWhatIsInIt() {
        Envelope envelope = envelope("code", 1106L, "msg", "permission deny", "tid", "t1", "t", 1709294400000L);

        assertThat(envelope.success()).isFalse();
        assertThat(envelope.httpStatus()).isEqualTo(200);
        assertThat(envelope.attempts()).isEqualTo(1);
        assertThat(envelope.code()).isEqualTo(1106);
        assertThat(envelope.message()).isEqualTo("permission deny");
        assertThat(envelope.tid()).isEqualTo("t1");
        assertThat(envelope.serverTime()).isEqualTo(Instant.parse("2024-03-01T12:00:00Z"));
        assertThat(envelope.result()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE + 1L, Integer.MIN_VALUE - 1L, Long.MAX_VALUE, 4294967296L + 1010})
    void code_beyondAnInt_isNone(long code) {
        assertThat(envelope("code", code).code()).isEqualTo(-1);
    }

    @Test
    void code_absent_isNone() {
        assertThat(envelope().code()).isEqualTo(-1);
        assertThat(envelope("code", List.of()).code()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, (1L << 48) + 1, Long.MAX_VALUE})
    void serverTime_absurd_isNone(long t) {
        assertThat(envelope("t", t).serverTime()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 48})
    void serverTime_extreme_isTaken(long t) {
        assertThat(envelope("t", t).serverTime()).isEqualTo(Instant.ofEpochMilli(t));
    }

    @Test
    void after_oneAttempt_isTheSame() {
        Envelope envelope = envelope("t", 1L);

        assertThat(envelope.after(1)).isSameAs(envelope);
        assertThat(envelope.after(3)).isEqualTo(new Envelope(envelope.fields(), null, false, 200, 3));
    }

    @Test
    void serverTime_ofAnAnswer_isLaterByHalfTheWay() {
        Answer answer = new Answer(200, null, envelope("t", 1000L), Duration.ofMillis(500), null);

        assertThat(answer.serverTime()).isEqualTo(Instant.ofEpochMilli(1250));
        assertThat(new Answer(200, null, null, Duration.ZERO, "empty").serverTime())
                .isNull();
        assertThat(new Answer(200, null, envelope(), Duration.ZERO, null).serverTime())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"199, false", "200, true", "299, true", "300, false", "500, false"})
    void isSuccessful_success_dependsOnTheStatus(int status, boolean successful) {
        Envelope success = new Envelope(Map.of("success", true), null, true, status, 1);

        assertThat(new Answer(status, null, success, Duration.ZERO, null).isSuccessful())
                .isEqualTo(successful);
    }

    @Test
    void isSuccessful_noSuccess_isFalse() {
        assertThat(new Answer(200, null, envelope(), Duration.ZERO, null).isSuccessful())
                .isFalse();
        assertThat(new Answer(200, null, null, Duration.ZERO, "empty").isSuccessful())
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
