package io.github.tuyacloud.readme;

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
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java program in the README is compiled, with all warnings as errors, and run against the fake cloud. */
class ReadmeProgramsTest {

    /** {@code System.out.println(...); // prints true}. */
    private static final Pattern PRINTS = Pattern.compile("// prints (.*)");

    @TempDir
    private Path folder;

    /** All but the first, those of the cookbook and those of the small user project, which have tests of their own. */
    static Stream<Readme.Block> others() {
        Readme readme = Readme.read();
        List<Readme.Block> recipes = readme.blocks("java", "Cookbook");
        return readme.blocks("java").stream()
                .skip(1)
                .filter(block -> !recipes.contains(block) && !block.text().startsWith("package "));
    }

    @ParameterizedTest
    @MethodSource("others")
    void program_compilesAndRuns(Readme.Block block) throws Exception {
        List<String> promised = PRINTS.matcher(block.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            assertThat(new ReadmeProgram(block, folder).compileAndRun(fake)).containsAll(promised);
        }
    }

    @Test
    void firstProgram_listsDevicesAndSwitchesOne() throws Exception {
        Readme.Block first = Readme.read().blocks("java").get(0);

        assertThat(first.text().lines().filter(line -> !line.isBlank())).hasSize(10);
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            List<String> printed = new ReadmeProgram(first, folder).compileAndRun(fake);

            assertThat(printed).hasSize(fake.devices().size()).anyMatch(line -> line.contains("name=Kitchen plug"));
            assertThat(fake.device(DemoWorld.PLUG).status("switch_1")).isEqualTo(true);
        }
    }
}
