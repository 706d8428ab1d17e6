package io.github.tuyacloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the page of each exported package begins with an example that compiles and runs on the fake cloud. */
class PackagePagesTest {

    private static final Pattern EXPORTED = Pattern.compile("exports ([a-z.]+);");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)<pre>\\{@code\n(.*?)\\n \\* }</pre>");

    @TempDir
    private Path folder;

    @Test
    void examples_ofAllPackagePages_run() throws Exception {
        StringBuilder program = new StringBuilder();
        for (Path page : pages()) {
            Matcher example = EXAMPLE.matcher(Files.readString(page));
            assertThat(example.find()).as(page.toString()).isTrue();
            program.append("{\n")
                    .append(example.group(1).replaceAll("(?m)^ \\* ", ""))
                    .append("\n}\n");
        }

        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            assertThat(new PageProgram(new Page.Block("java", 0, program.toString()), folder).compileAndRun(fake))
                    .contains("connected", "cur_voltage (20): 230.2 V", "Kitchen plug is on", "done")
                    .anyMatch(line -> line.startsWith("Kitchen plug: ["));
            assertThat(Files.exists(folder.resolve("tokens.json")))
                    .as("no call was made there")
                    .isFalse();
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        Matcher exported = EXPORTED.matcher(Files.readString(Path.of("src/main/java/module-info.java")));
        while (exported.find()) {
            pages.add(Path.of("src/main/java", exported.group(1).replace('.', '/'), "package-info.java"));
        }
        assertThat(pages).hasSize(6);
        pages.add(Path.of("src/fake/java/io/github/tuyacloud/fake/package-info.java"));
        return pages;
    }
}
