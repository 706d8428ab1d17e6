package io.github.tuyacloud.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks lists inside results, which the cloud may omit. */
class ResultsTest {

    @Test
    void list_missingOrNull_isEmpty() {
        assertThat(Results.list(Map.of(), "logs")).isEmpty();
        assertThat(Results.list(Collections.singletonMap("logs", null), "logs")).isEmpty();
        assertThat(Results.objects(Map.of(), "logs")).isEmpty();
    }

    @Test
    void list_present_isReturned() {
        assertThat(Results.list(Map.of("logs", List.of(1L)), "logs")).isEqualTo(List.of(1L));
        assertThat(Results.objects(Map.of("logs", List.of(Map.of("a", 1L))), "logs"))
                .isEqualTo(List.of(Map.of("a", 1L)));
    }

    @Test
    void list_anotherType_isRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Results.list(Map.of("logs", "none"), "logs"))
                .withMessage("\"logs\" is not a list");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Results.objects(Map.of("logs", List.of("x")), "logs"))
                .withMessage("a list has an item that is not an object");
    }
}
