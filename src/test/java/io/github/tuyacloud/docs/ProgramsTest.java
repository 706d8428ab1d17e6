package io.github.tuyacloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles every Java program in the README and the guides, with all warnings as errors, and runs it on the fake cloud.
 */
class ProgramsTest {

    /** {@code System.out.println(...); // prints true}. */
    private static final Pattern PRINTS = Pattern.compile("// prints (.*)");

    @TempDir
    private static Path folder;

    private static final Map<Path, Future<List<List<String>>>> PRINTED = new LinkedHashMap<>();
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(3);

    /** Runs the pages concurrently, because their programs mostly wait. */
    @BeforeAll
    static void runAllPages() throws IOException {
        for (Page page : pages().toList()) {
            Path own = Files.createTempDirectory(folder, "page");
            PRINTED.put(page.file(), THREADS.submit(() -> PageProgram.compileAndRunFragments(blocks(page), own)));
        }
    }

    @AfterAll
    static void shutDown() {
        THREADS.shutdownNow();
    }

    /** Returns all pages with fragments, and with programs that have no tests of their own. */
    static Stream<Page> pages() {
        return Page.all().stream().filter(page -> !blocks(page).isEmpty());
    }

    /** Returns the blocks of a page except the README's first, the cookbook's and the user project's. */
    private static List<Page.Block> blocks(Page page) {
        Page.Block first = Page.readme().blocks("java").get(0);
        return page.blocks("java").stream()
                .filter(block -> !page.file().endsWith("cookbook.md"))
                .filter(block -> !block.equals(first) && !block.text().startsWith("package "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void programs_ofAPage_compileAndPrintWhatTheyPromise(Page page) throws Exception {
        List<Page.Block> fragments = blocks(page);

        List<List<String>> printed = PRINTED.get(page.file()).get();

        assertThat(printed).hasSameSizeAs(fragments);
        for (int i = 0; i < printed.size(); i++) {
            assertThat(printed.get(i)).as(fragments.get(i).toString()).containsAll(promised(fragments.get(i)));
        }
    }

    private static List<String> promised(Page.Block block) {
        return PRINTS.matcher(block.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Test
    void firstProgram_ofTheReadme_listsDevicesAndSwitchesOne() throws Exception {
        Page.Block first = Page.readme().blocks("java").get(0);

        assertThat(first.text().lines().filter(line -> !line.isBlank())).hasSize(10);
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            List<String> printed = new PageProgram(first, folder).compileAndRun(fake);

            assertThat(printed).hasSize(fake.devices().size()).anyMatch(line -> line.contains("name=Kitchen plug"));
            assertThat(fake.device(DemoWorld.PLUG).status("switch_1")).isEqualTo(true);
        }
    }
}
