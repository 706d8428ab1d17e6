package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests which results each reader accepts. */
class ResultReaderTest {

    @Test
    void object_object_isPassedOn() {
        assertThat(ResultReader.object(fields -> fields.get("a")).read(response(Map.of("a", 1L))))
                .isEqualTo(1L);
    }

    @Test
    void object_anythingElse_isRefused() {
        for (Object other : Arrays.asList(null, "a", List.of(), true, 1L)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ResultReader.object(fields -> fields).read(response(other)))
                    .withMessage("the result is not an object");
        }
    }

    @Test
    void list_list_isPassedOn() {
        assertThat(ResultReader.list(List::size).read(response(List.of(1L, "b"))))
                .isEqualTo(2);
    }

    @Test
    void list_anythingElse_isRefused() {
        for (Object other : Arrays.asList(null, "a", Map.of(), true, 1L)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ResultReader.list(list -> list).read(response(other)))
                    .withMessage("the result is not a list");
        }
    }

    @Test
    void listIn_listInsideAnObject_isFoundByItsNames() {
        List<String> names = List.of("devices", "list");

        assertThat(ResultReader.listIn(response(List.of(1L)), names)).isEqualTo(List.of(1L));
        assertThat(ResultReader.listIn(response(Map.of("list", List.of(2L))), names))
                .isEqualTo(List.of(2L));
        assertThat(ResultReader.listIn(response(Map.of("devices", "none", "list", List.of(3L))), names))
                .isEqualTo(List.of(3L));
        for (Object other : Arrays.asList(null, "a", Map.of(), Map.of("devices", Map.of()), true)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ResultReader.listIn(response(other), names))
                    .withMessage("the result is not a list");
        }
    }

    @Test
    void flag_trueAndFalse_arePassedOn() {
        assertThat(ResultReader.flag().read(response(true))).isTrue();
        assertThat(ResultReader.flag().read(response(false))).isFalse();
    }

    @Test
    void flag_anythingElse_isRefused() {
        for (Object other : Arrays.asList(null, "yes", Map.of(), 7L)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ResultReader.flag().read(response(other)))
                    .withMessage("the result is neither true nor false");
        }
    }

    private static Envelope response(@Nullable Object result) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("success", true);
        fields.put("result", result);
        return new Envelope(fields, null, true, 200, 1);
    }
}
