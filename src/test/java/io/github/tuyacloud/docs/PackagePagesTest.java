package io.github.tuyacloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that the page of each exported package begins with an example that compiles and runs on the fake cloud, and that
 * the examples of all types compile.
 */
class PackagePagesTest {

    private static final Pattern EXPORTED = Pattern.compile("exports ([a-z.]+);");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)<pre>\\{@code\n(.*?)\\n *\\* }</pre>");

    /** The variables that the examples of types use. */
    private static final String TYPE_EXAMPLES = """
            import io.github.tuyacloud.*;
            import io.github.tuyacloud.config.*;
            import io.github.tuyacloud.exception.*;
            import io.github.tuyacloud.fake.*;
            import io.github.tuyacloud.live.*;
            import io.github.tuyacloud.messages.*;
            import io.github.tuyacloud.model.*;
            import java.time.*;
            import java.util.*;

            public class TypeExamples {
                static TuyaCloud cloud;
                static FakeTuyaCloud fake;
                static String id;
                static DpMapping mapping;
                static Command command;
                static MessageHandler handler;
                static okhttp3.Call call;
            """;

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

    @Test
    void examples_ofAllTypes_compile() throws Exception {
        StringBuilder program = new StringBuilder(TYPE_EXAMPLES);
        List<String> examples = typeExamples();
        for (int i = 0; i < examples.size(); i++) {
            program.append("static void example" + i + "() throws Exception {\n")
                    .append(examples.get(i))
                    .append("\n}\n");
        }

        assertThat(examples).hasSizeGreaterThanOrEqualTo(10);
        new PageProgram(new Page.Block("java", 0, program + "}\n"), folder).check();
    }

    private static List<String> typeExamples() throws IOException {
        List<String> examples = new ArrayList<>();
        for (String folder : List.of("src/main/java", "src/fake/java")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("package-info.java"))
                        .sorted()
                        .toList()) {
                    EXAMPLE.matcher(Files.readString(file))
                            .results()
                            .map((MatchResult match) -> match.group(1).replaceAll("(?m)^ *\\* ", ""))
                            .map(text -> text.startsWith("(") ? "MessageErrorListener listener = " + text + ";" : text)
                            .forEach(examples::add);
                }
            }
        }
        return examples;
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
