package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Checks that ids keep their identity when they are shortened. */
class BoundedIdTest {

    @Test
    void id_ofUsualLength_staysAsItIs() {
        String id = "CJsHEAAgADAB:bf" + "0".repeat(49);

        assertThat(id).hasSize(64);
        assertThat(BoundedId.of(id)).isSameAs(id);
        assertThat(BoundedId.of("")).isEmpty();
    }

    @Test
    void id_long_becomesAUniqueHash() {
        String id = "x".repeat(65);

        assertThat(BoundedId.of(id))
                .isEqualTo("#220b234f3bf23274570605ce5eb275259416163a67f9e3a6490a16cc71c9c997")
                .hasSize(65);
        assertThat(BoundedId.of("x".repeat(66))).isNotEqualTo(BoundedId.of(id)).hasSize(65);
    }

    @Test
    void ids_thatDifferInOneCharacter_stayDifferent() {
        String start = "a".repeat(10_000);

        assertThat(BoundedId.of(start + '\ud800' + start))
                .isNotEqualTo(BoundedId.of(start + '\ud801' + start))
                .isNotEqualTo(BoundedId.of(start + "?" + start))
                .isEqualTo(BoundedId.of(start + '\ud800' + "a".repeat(10_000)));
    }
}
