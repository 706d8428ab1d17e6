package io.github.tuyacloud.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * A Java block of the README as a program.
 *
 * <p>The rule: a block with a public class in it is a program, and is compiled as it stands. Any other block is a fragment: it
 * becomes the body of a main method, under imports of this library's packages and some of Java's own, with two things at hand:
 * {@code cloud}, a client of a fake cloud, and {@code id}, the id of a plug in it. To run a program against the fake cloud,
 * {@code new TuyaCloud()} and {@code cloud.messages()} in it, and nothing else, get the fake's address. All run in a JVM and an empty folder of their own, in which
 * there is the project's example of a {@code tinytuya.json}.
 */
final class ReadmeProgram {

    private static final long LIMIT_SECONDS = 50;
    private static final Pattern PUBLIC_CLASS = Pattern.compile("(?m)^public (?:final )?class (\\w+)");
    private static final Path EXAMPLE = Path.of("tinytuya.json.example");

    private static final String FRAGMENT_NAME = "Fragment";

    private static final String FRAGMENT = """
            import io.github.tuyacloud.*;
            import io.github.tuyacloud.config.*;
            import io.github.tuyacloud.exception.*;
            import io.github.tuyacloud.fake.*;
            import io.github.tuyacloud.messages.*;
            import io.github.tuyacloud.model.*;
            import java.nio.file.*;
            import java.time.*;
            import java.util.*;
            import java.util.stream.*;

            public class Fragment {
                static final TuyaCloud cloud = new TuyaCloud();
                static final String id = DemoWorld.PLUG;

                public static void main(String[] args) throws Exception {
            %s
                }
            }
            """;

    private final String name;
    private final String source;
    private final Path folder;

    ReadmeProgram(Readme.Block block, Path folder) {
        Matcher publicClass = PUBLIC_CLASS.matcher(block.text());
        boolean whole = publicClass.find();
        this.name = whole ? publicClass.group(1) : FRAGMENT_NAME;
        this.source = whole ? block.text() : FRAGMENT.formatted(block.text());
        this.folder = folder;
    }

    /** Compiles it as it stands and against the fake cloud, runs it there, and gives the lines that it printed. */
    List<String> compileAndRun(FakeTuyaCloud fake) throws IOException, InterruptedException {
        if (!name.equals(FRAGMENT_NAME)) {
            compile(source);
        }
        compile(source.replace("new TuyaCloud()", clientOf(fake))
                .replace(
                        "cloud.messages()",
                        "cloud.messages().endpoint(\"" + fake.messages().endpoint() + "\")"));
        Path config = Files.copy(EXAMPLE, folder.resolve("tinytuya.json"), StandardCopyOption.REPLACE_EXISTING);
        config.toFile().setReadable(false, false);
        config.toFile().setReadable(true, true);
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", // starts sooner
                        "-cp",
                        classPath() + System.getProperty("path.separator") + folder,
                        name)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            List<String> lines = Files.readAllLines(output);
            assertThat(ended).as("it ended by itself; it printed %s", lines).isTrue();
            assertThat(process.exitValue())
                    .as("the exit code; it printed %s", lines)
                    .isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private void compile(String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".java"), text, UTF_8);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "--release",
                        "17",
                        "-Xlint:all",
                        "-Werror",
                        "-proc:none",
                        "-cp",
                        classPath(),
                        "-d",
                        folder.toString(),
                        file.toString());
        assertThat(exitCode).as("%s\n%s", said.toString(UTF_8), text).isZero();
    }

    private static String clientOf(FakeTuyaCloud fake) {
        return "TuyaCloud.builder().endpoint(\"%s\").apiKey(\"%s\").apiSecret(\"%s\").build()"
                .formatted(fake.endpoint(), fake.apiKey(), fake.apiSecret());
    }

    /** The library, the fake cloud and what they need, as absolute paths: programs run in folders of their own. */
    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
