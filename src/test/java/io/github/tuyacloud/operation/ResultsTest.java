package io.github.tuyacloud.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which results have the shape that was promised. */
class ResultsTest {

    private static final ApiRequest REQUEST = ApiRequest.get("/v1.0/devices/{id}", "bf1");

    @Test
    void flag_trueOrFalse_isThat() {
        assertThat(Results.flag(REQUEST, envelope(true))).isTrue();
        assertThat(Results.flag(REQUEST, envelope(false))).isFalse();
    }

    @Test
    void anyShape_another_isUnusable() {
        assertUnusable(() -> Results.flag(REQUEST, envelope(List.of())), "the result is neither true nor false");
        assertUnusable(() -> Results.list(REQUEST, envelope(Map.of()), list -> list), "the result is not a list");
        assertUnusable(() -> Results.object(REQUEST, envelope(null), map -> map), "the result is not an object");
        assertUnusable(
                () -> Results.list(REQUEST, envelope(List.of("x")), list -> Results.objects(list)),
                "a list has an item that is not an object");
        assertUnusable(
                () -> Results.object(REQUEST, envelope(Map.of("list", "x")), map -> Results.objects(map, "list")),
                "\"list\" is not a list");
    }

    @Test
    void objectAndList_right_areRead() {
        assertThat(Results.<Object>object(REQUEST, envelope(Map.of("a", 1L)), map -> map.get("a")))
                .isEqualTo(1L);
        assertThat(Results.<Object>list(REQUEST, envelope(List.of(Map.of("a", 1L))), list -> Results.objects(list)))
                .isEqualTo(List.of(Map.of("a", 1L)));
    }

    private static void assertUnusable(Runnable reading, String reason) {
        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(reading::run)
                .withMessageContaining("the answer cannot be used: " + reason)
                .satisfies(failure -> {
                    assertThat(failure.operation()).isEqualTo("GET /v1.0/devices/{id}");
                    assertThat(failure.httpStatus()).isEqualTo(200);
                    assertThat(failure.tid()).isEqualTo("t1");
                    assertThat(failure.attempts()).isEqualTo(2);
                    assertThat(failure.sent()).isEqualTo(Sent.MAYBE);
                });
    }

    private static Envelope envelope(Object result) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("result", result);
        return new Envelope(fields, "t1", true, 200, 2);
    }
}
