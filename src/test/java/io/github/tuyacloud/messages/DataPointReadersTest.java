package io.github.tuyacloud.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks reading the value of a change as a type. */
class DataPointReadersTest {

    @Test
    void isTrue_valuesThatMeanTrue_isTrue() {
        assertThat(change(true).isTrue()).isTrue();
        assertThat(change("true").isTrue()).isTrue();
        assertThat(change(1L).isTrue()).isTrue();
        assertThat(change(false).isTrue()).isFalse();
        assertThat(change("on").isTrue()).isFalse();
        assertThat(change(null).isTrue()).isFalse();
    }

    @Test
    void numbers_fromNumbersAndDigits_areRead() {
        assertThat(change(5L).asLong()).isEqualTo(5L);
        assertThat(change("5").asLong()).isEqualTo(5L);
        assertThat(change(5L).asDecimal()).isEqualByComparingTo("5");
        assertThat(change("2.5").asDecimal()).isEqualTo(new BigDecimal("2.5"));
        assertThat(change(new BigDecimal("2.5")).asLong()).isNull();
        assertThat(change(new BigDecimal("2.5")).asDecimal()).isEqualTo(new BigDecimal("2.5"));
        assertThat(change("on").asLong()).isNull();
        assertThat(change(true).asDecimal()).isNull();
        assertThat(change(null).asLong()).isNull();
        assertThat(change(null).asDecimal()).isNull();
    }

    @Test
    void asText_anyValue_isTextOrJson() {
        assertThat(change("on").asText()).isEqualTo("on");
        assertThat(change(5L).asText()).isEqualTo("5");
        assertThat(change(List.of(1L, "a")).asText()).isEqualTo("[1,\"a\"]");
        assertThat(change(Map.of("h", 1L)).asText()).isEqualTo("{\"h\":1}");
        assertThat(change(null).asText()).isNull();
    }

    private static DataPointChange change(@Nullable Object value) {
        return new DataPointChange("code", 1, value, null, Map.of());
    }
}
