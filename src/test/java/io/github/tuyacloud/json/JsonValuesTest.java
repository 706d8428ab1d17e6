package io.github.tuyacloud.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that one odd item does not cost a whole list. */
class JsonValuesTest {

    @Test
    void objects_list_areReadInOrder() {
        assertThat(JsonValues.objects(List.of(Map.of("a", 2L), Map.of("a", 1L))))
                .isEqualTo(List.of(Map.of("a", 2L), Map.of("a", 1L)));
    }

    @Test
    void objects_otherItems_areSkipped() {
        assertThat(JsonValues.objects(Arrays.asList(null, 1L, Map.of("a", 1L), "x", List.of())))
                .isEqualTo(List.of(Map.of("a", 1L)));
        assertThat(JsonValues.objects(Arrays.asList(null, null))).isEmpty();
    }

    @Test
    void objects_onlyOtherItems_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValues.objects(Arrays.asList(null, 1L)))
                .withMessage("a list has an item that is not an object");
    }
}
