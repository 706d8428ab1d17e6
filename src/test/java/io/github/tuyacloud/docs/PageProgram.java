package io.github.tuyacloud.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.messages.SubscriptionOptions;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * A Java block of a page, as a program.
 *
 * <p>A block with a public class is a program and is compiled unchanged. Any other block is a fragment: it becomes the
 * body of a main method, after imports of this library's packages and some of Java's, with two variables:
 * {@code cloud}, a client of a fake cloud, and {@code id}, the id of a plug in it. To run on the fake cloud, each client and
 * each subscription gets the fake's address; nothing else is changed. Each program runs in a separate JVM and folder
 * with a {@code tinytuya.json} like the project's example, but with the fake's key.
 */
final class PageProgram {

    private static final long LIMIT_SECONDS = 50;
    private static final Pattern PUBLIC_CLASS = Pattern.compile("(?m)^public (?:final )?class (\\w+)");
    private static final String CONFIG = "tinytuya.json";
    private static final Path EXAMPLE = Path.of("tinytuya.json.example");

    private static final String FRAGMENT_NAME = "Fragment";

    private static final String FRAGMENT = """
            import io.github.tuyacloud.*;
            import io.github.tuyacloud.config.*;
            import io.github.tuyacloud.exception.*;
            import io.github.tuyacloud.fake.*;
            import io.github.tuyacloud.live.*;
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
    private final List<String> replacements = new ArrayList<>();
    private int release = 17;
    private String mainClass;

    PageProgram(Page.Block block, Path folder) {
        Matcher publicClass = PUBLIC_CLASS.matcher(block.text());
        boolean whole = publicClass.find();
        this.name = whole ? publicClass.group(1) : FRAGMENT_NAME;
        this.source = whole ? block.text() : FRAGMENT.formatted(block.text());
        this.folder = folder;
        this.mainClass = name;
    }

    /** Compiles for a newer Java version than the library. */
    PageProgram release(int newer) {
        release = newer;
        return this;
    }

    /** Replaces a text before it is run, for example an address. */
    PageProgram replacing(String text, String replacement) {
        if (!source.contains(text)) {
            throw new IllegalArgumentException("not in the program: " + text);
        }
        replacements.add(text);
        replacements.add(replacement);
        return this;
    }

    /** Compiles another class first, from source. */
    PageProgram beside(String className, String text) throws IOException {
        compile(className, text);
        return this;
    }

    /** Runs another class instead of its own. */
    PageProgram startedBy(String className) {
        mainClass = className;
        return this;
    }

    /** Compiles it unchanged and for the fake cloud, runs the latter, and returns the printed lines. */
    List<String> compileAndRun(FakeTuyaCloud fake, String... args) throws IOException, InterruptedException {
        if (!name.equals(FRAGMENT_NAME)) {
            compile(name, source);
        }
        compile(name, pointedAt(fake));
        if (!Files.exists(folder.resolve(CONFIG))) {
            config(CONFIG, fake, "");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // starts sooner
                "-cp",
                classPath(),
                mainClass));
        command.addAll(List.of(args));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
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

    /** Writes the example of a {@code tinytuya.json} with a fake cloud's key and optionally a device id. */
    PageProgram config(String fileName, FakeTuyaCloud fake, String deviceId) throws IOException {
        String filledIn = Files.readString(EXAMPLE)
                .replace("your-access-id-00000", fake.apiKey())
                .replace("your-access-secret-0000000000000", fake.apiSecret())
                .replace("\"apiRegion\"", "\"apiDeviceID\": \"" + deviceId + "\", \"apiRegion\"");
        File file = Files.writeString(folder.resolve(fileName), filledIn).toFile();
        file.setReadable(false, false); // otherwise the library warns about its permissions
        file.setReadable(true, true);
        return this;
    }

    private String pointedAt(FakeTuyaCloud fake) {
        String builder = "TuyaCloud.builder().endpoint(\"" + fake.endpoint() + "\")";
        String text = source.replace("TuyaCloud.builder()", builder)
                .replace("new TuyaCloud()", builder + ".build()")
                .replaceAll("new TuyaCloud\\((Path\\.of\\(\\w+\\))\\)", builder + ".configFile($1).build()")
                .replace(
                        "new TuyaCloud(region, key, secret)",
                        builder + ".region(region).apiKey(key).apiSecret(secret).build()")
                .replace(
                        "cloud.live()",
                        "cloud.live().messages(" + SubscriptionOptions.class.getName() + ".builder().endpoint(\""
                                + fake.messages().endpoint() + "\").build())")
                .replace(
                        "cloud.messages()",
                        MessagesOfFake.class.getName() + ".of(cloud, \""
                                + fake.messages().endpoint() + "\")");
        for (int i = 0; i < replacements.size(); i += 2) {
            text = text.replace(replacements.get(i), replacements.get(i + 1));
        }
        return text;
    }

    private void compile(String className, String text) throws IOException {
        Path file = folder.resolve(className.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "--release",
                        String.valueOf(release),
                        "-Xlint:all",
                        "-Werror",
                        "-proc:none",
                        "-implicit:none",
                        "-cp",
                        classPath(),
                        "-d",
                        folder.toString(),
                        file.toString());
        assertThat(exitCode).as("%s\n%s", said.toString(UTF_8), text).isZero();
    }

    /** Returns the class path with absolute paths, because programs run in separate folders. */
    private String classPath() {
        return System.getProperty("java.class.path") + System.getProperty("path.separator") + folder;
    }
}
