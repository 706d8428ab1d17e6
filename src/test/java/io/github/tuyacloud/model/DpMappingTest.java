package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks converting DP mappings to and from tinytuya's format. */
class DpMappingTest {

    private static final Map<String, Object> ENTRY = Map.of("code", "weird", "type", "Boolean", "values", Map.of());

    @ParameterizedTest
    @ValueSource(strings = {"weird", "1", "24", "007", "1.0", "+1", "-0", "4294967297", "99999999999999999999", ""})
    void asMap_ofAReadMap_returnsThatMap(String id) {
        Map<String, Object> json = Map.of(id, ENTRY);

        DpMapping mapping = DpMapping.fromMap(json);

        assertThat(mapping.asMap()).isEqualTo(json);
        assertThat(DpMapping.fromMap(mapping.asMap())).isEqualTo(mapping);
    }

    @Test
    void asMap_idAndKey_returnsThatMap() {
        Map<String, @Nullable Object> withoutId = new LinkedHashMap<>(ENTRY);
        withoutId.put("dp_id", null);
        Map<String, Object> withId = new LinkedHashMap<>(ENTRY);
        withId.put("dp_id", 7L);

        for (Map<String, @Nullable Object> entry : List.of(withoutId, withId)) {
            Map<String, Object> json = Map.of("weird", entry);

            assertThat(DpMapping.fromMap(json).asMap()).isEqualTo(json);
        }
    }

    @Test
    void fromMap_numericKey_isTheDpId() {
        DpMapping mapping = DpMapping.fromMap(Map.of("24", ENTRY, "weird", ENTRY));

        assertThat(mapping.dps().get("24").dpId()).isEqualTo(24);
        assertThat(mapping.dps().get("weird").dpId()).isNull();
    }
}
