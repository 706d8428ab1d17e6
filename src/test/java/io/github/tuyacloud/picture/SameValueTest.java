package io.github.tuyacloud.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.model.DataPointSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks when two values of a data point count as the same. */
class SameValueTest {

    @Test
    void numbers_inAnySpelling_areTheSame() {
        assertThat(SameValue.same(5, 5L, null)).isTrue();
        assertThat(SameValue.same(5, "5", null)).isTrue();
        assertThat(SameValue.same(new BigDecimal("5.0"), 5L, null)).isTrue();
        assertThat(SameValue.same(5, 6L, null)).isFalse();
    }

    @Test
    void booleans_asText_areTheSame() {
        assertThat(SameValue.same(true, "true", null)).isTrue();
        assertThat(SameValue.same(true, "1", null)).isTrue();
        assertThat(SameValue.same(true, false, null)).isFalse();
        assertThat(SameValue.same(false, "off", null)).isFalse();
    }

    @Test
    void json_asTextOrObject_isTheSame() {
        String text = "{\"h\":258,\"list\":[1,{\"a\":true}]}";
        Map<String, Object> object = Map.of("list", List.of(1, Map.of("a", true)), "h", 258);

        assertThat(SameValue.same(object, text, null)).isTrue();
        assertThat(SameValue.same(text, text.replace(":", ": "), null)).isTrue();
        assertThat(SameValue.same(object, text.replace("258", "259"), null)).isFalse();
        assertThat(SameValue.same(object, "{broken", null)).isFalse();
    }

    @Test
    void texts_ofAnEnum_areComparedAsTexts() {
        DataPointSpec mode = new DataPointSpec("mode", 1, "Enum", "{\"range\":[\"1\",\"01\"]}");

        assertThat(SameValue.same("1", "01", mode)).isFalse();
        assertThat(SameValue.same(1L, "1", mode)).isTrue();
    }

    @Test
    void same_null_equalsOnlyNull() {
        assertThat(SameValue.same(null, null, null)).isTrue();
        assertThat(SameValue.same(null, "", null)).isFalse();
    }
}
