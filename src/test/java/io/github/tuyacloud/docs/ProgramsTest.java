package io.github.tuyacloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles every Java program in the README and the guides, with all warnings as errors, and runs it on the fake cloud. */
class ProgramsTest {

    /** {@code System.out.println(...); // prints true}. */
    private static final Pattern PRINTS = Pattern.compile("// prints (.*)");

    @TempDir
    private Path folder;

    /**
     * Returns all programs except the README's first, the cookbook's and the user project's, which have their own
     * tests.
     */
    static Stream<Arguments> others() {
        Page.Block first = Page.readme().blocks("java").get(0);
        return Page.all().stream()
                .filter(page -> !page.file().endsWith("cookbook.md"))
                .flatMap(page -> page.blocks("java").stream()
                        .filter(block -> !block.equals(first) && !block.text().startsWith("package "))
                        .map(block -> Arguments.of(page, block)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void program_compilesAndRuns(Page page, Page.Block block) throws Exception {
        List<String> promised = PRINTS.matcher(block.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            assertThat(new PageProgram(block, folder).compileAndRun(fake)).containsAll(promised);
        }
    }

    @Test
    void firstProgram_listsDevicesAndSwitchesOne() throws Exception {
        Page.Block first = Page.readme().blocks("java").get(0);

        assertThat(first.text().lines().filter(line -> !line.isBlank())).hasSize(10);
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            List<String> printed = new PageProgram(first, folder).compileAndRun(fake);

            assertThat(printed).hasSize(fake.devices().size()).anyMatch(line -> line.contains("name=Kitchen plug"));
            assertThat(fake.device(DemoWorld.PLUG).status("switch_1")).isEqualTo(true);
        }
    }
}
