package io.github.tuyacloud.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.support.JavaProgram;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java block of a page, as a program.
 *
 * <p>A block with a public class is a program and is compiled unchanged. Any other block is a fragment: it becomes the
 * body of a main method, after imports of this library's packages and some of Java's, with two variables:
 * {@code cloud}, a client of a fake cloud, and {@code id}, the id of a plug in it. To run on the fake cloud, each
 * client and each subscription gets the fake's address; nothing else is changed. Each program runs in a separate JVM
 * and folder with a {@code tinytuya.json} like the project's example, but with the fake's key.
 */
final class PageProgram {

    private static final long LIMIT_SECONDS = 50;
    private static final Pattern PUBLIC_CLASS = Pattern.compile("(?m)^public (?:final )?class (\\w+)");
    private static final String CONFIG = "tinytuya.json";
    private static final Path EXAMPLE = Path.of("tinytuya.json.example");

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    /** Shared by all compilations, so that the class path is read once; holds the options of the current one. */
    private static final StandardJavaFileManager FILES = JAVAC.getStandardFileManager(null, null, UTF_8);

    /** Precedes the output of each fragment. */
    private static final String NEXT = "--- the next fragment";

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

            public class %s {
                static final TuyaCloud cloud = new TuyaCloud();
                static final String id = DemoWorld.PLUG;

                public static void main(String[] args) throws Exception {
            %s
                }
            }
            """;

    private final String name;
    private final boolean whole;
    private final String source;
    private final Path folder;
    private final List<String> replacements = new ArrayList<>();
    private int release = 17;
    private String mainClass;

    PageProgram(Page.Block block, Path folder) {
        this(block, folder, "Fragment");
    }

    private PageProgram(Page.Block block, Path folder, String fragmentName) {
        Matcher publicClass = PUBLIC_CLASS.matcher(block.text());
        this.whole = publicClass.find();
        this.name = whole ? publicClass.group(1) : fragmentName;
        this.source = whole ? block.text() : FRAGMENT.formatted(name, block.text());
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
        compile(Map.of(className, text));
        return this;
    }

    /** Runs another class instead of its own. */
    PageProgram startedBy(String className) {
        mainClass = className;
        return this;
    }

    /** Compiles it unchanged and for the fake cloud, runs the latter, and returns the printed lines. */
    List<String> compileAndRun(FakeTuyaCloud fake, String... args) throws IOException, InterruptedException {
        if (whole) {
            check(source);
        }
        compile(Map.of(name, pointedAt(fake)));
        if (!Files.exists(folder.resolve(CONFIG))) {
            config(CONFIG, fake, "");
        }
        return run(args);
    }

    /**
     * Compiles and runs fragments in one JVM, in sequence, each on a fake cloud of its own.
     *
     * @return what each of them printed
     */
    static List<List<String>> compileAndRunFragments(List<Page.Block> fragments, Path folder)
            throws IOException, InterruptedException {
        Map<String, String> sources = new LinkedHashMap<>();
        List<FakeTuyaCloud> fakes = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        try {
            for (Page.Block fragment : fragments) {
                PageProgram program = new PageProgram(fragment, folder, "Fragment" + fakes.size());
                if (program.whole) {
                    program.check(program.source);
                }
                fakes.add(FakeTuyaCloud.start());
                sources.put(program.name, program.pointedAt(fakes.get(fakes.size() - 1)));
                all.append("System.out.println(\"" + NEXT + "\");\n" + program.name + ".main(args);\n");
            }
            PageProgram starter = new PageProgram(new Page.Block("java", 0, all.toString()), folder, "AllFragments");
            sources.put(starter.name, starter.pointedAt(fakes.get(0)));
            starter.config(CONFIG, fakes.get(0), "").compile(sources);
            String printed = String.join("\n", starter.run());
            return Arrays.stream(printed.split(NEXT, -1))
                    .skip(1)
                    .map(text -> text.strip().lines().toList())
                    .toList();
        } finally {
            fakes.forEach(FakeTuyaCloud::close);
        }
    }

    private List<String> run(String... args) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(JavaProgram.QUICK_START);
        arguments.addAll(List.of("-cp", classPath(), mainClass));
        arguments.addAll(List.of(args));
        Path output = folder.resolve("output.txt");
        Process process = JavaProgram.start(folder, output, JavaProgram.command(arguments));
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
                        builder + ".region(region).apiKey(key).apiSecret(secret).build()");
        for (int i = 0; i < replacements.size(); i += 2) {
            text = text.replace(replacements.get(i), replacements.get(i + 1));
        }
        return text;
    }

    /** Checks that it has neither errors nor warnings, without running it. */
    void check() throws IOException {
        check(source);
    }

    private void check(String text) throws IOException {
        StringWriter said = new StringWriter();
        synchronized (FILES) {
            JavacTask task = (JavacTask) task(said, Map.of(name, text));
            task.analyze();
        }
        assertThat(said.toString()).as(text).isEmpty();
    }

    private void compile(Map<String, String> sources) throws IOException {
        StringWriter said = new StringWriter();
        synchronized (FILES) {
            assertThat(task(said, sources).call()).as("%s\n%s", said, sources).isTrue();
        }
    }

    private JavaCompiler.CompilationTask task(Writer said, Map<String, String> sources) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue(), UTF_8));
        }
        List<String> options = new ArrayList<>(List.of(
                "-Xlint:all", "-Werror", "-proc:none", "-implicit:none", "-cp", classPath(), "-d", folder.toString()));
        if (release != Runtime.version().feature()) { // selecting the default costs time
            options.addAll(List.of("--release", String.valueOf(release)));
        }
        return JAVAC.getTask(said, FILES, null, options, null, FILES.getJavaFileObjectsFromPaths(files));
    }

    /** Returns the class path with absolute paths, because programs run in separate folders. */
    private String classPath() {
        return System.getProperty("java.class.path") + System.getProperty("path.separator") + folder;
    }
}
