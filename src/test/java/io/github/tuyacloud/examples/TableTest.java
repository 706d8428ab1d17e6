package io.github.tuyacloud.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Checks that texts of the cloud neither break the demo's tables nor steer the terminal. */
class TableTest {

    @Test
    void toString_hostileCells_areOneLineEach() {
        Table table = new Table("NAME", "STATE")
                .row("a\r\n2026 WARN forged\u001b[2J\u202eb\u200bc\u0085d\u2028e\u009b3J", "online");

        assertThat(table.toString().lines()).hasSize(2);
        assertThat(table.toString().replace(System.lineSeparator(), ""))
                .contains("a 2026 WARN forged [2J b c d e 3J")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }

    @Test
    void toString_cellOfMillionsOfCharacters_isCut() {
        Table table = new Table("NAME", "STATE").row("x".repeat(4_000_000), "online");

        assertThat(table.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
}
