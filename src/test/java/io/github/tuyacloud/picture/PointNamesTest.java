package io.github.tuyacloud.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.model.DpMapping;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Checks that code, dp id and thing-model code name the same data point. */
class PointNamesTest {

    private static final Predicate<String> LISTED = Set.of("switch_1")::contains;

    private final PointNames names = new PointNames();

    @Test
    void dpId_withoutCode_isTheNameUntilACodeIsKnown() {
        assertThat(names.resolve(null, 1, LISTED)).isEqualTo("1");

        assertThat(names.resolve("switch_1", 1, LISTED)).isEqualTo("switch_1");
        assertThat(names.resolve(null, 1, LISTED)).isEqualTo("switch_1");
        assertThat(names.standard("1", LISTED)).isEqualTo("switch_1");
    }

    @Test
    void resolve_otherCodeOfSameDpId_isTheListedCode() {
        names.resolve("switch_1", 1, LISTED);

        assertThat(names.resolve("Power", 1, LISTED)).isEqualTo("switch_1");
        assertThat(names.resolve("Power", null, LISTED)).isEqualTo("switch_1");
        assertThat(names.standard("Power", LISTED)).isEqualTo("switch_1");
    }

    @Test
    void mapping_known_namesBeforeAnyMessage() {
        names.learn(DpMapping.fromMap(Map.of("1", Map.of("code", "switch_1", "type", "Boolean", "values", Map.of()))));

        assertThat(names.resolve(null, 1, LISTED)).isEqualTo("switch_1");
    }

    @Test
    void standard_digitAsCode_isACode() {
        names.resolve("switch_1", 1, LISTED);

        assertThat(names.resolve("1", null, Set.of("1")::contains)).isEqualTo("1");
        assertThat(names.standard("1", Set.of("1")::contains)).isEqualTo("1");
    }

    @Test
    void point_withoutCodeAndDpId_hasNoName() {
        assertThat(names.resolve(null, null, LISTED)).isNull();
    }
}
