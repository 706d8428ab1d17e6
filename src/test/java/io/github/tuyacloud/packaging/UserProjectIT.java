package io.github.tuyacloud.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.support.JavaProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles the small project in {@code src/it/user-project} against the packed jars and runs its tests, on the class path
 * and on the module path, with every JDK from 17 on that this machine has.
 */
class UserProjectIT {
    private static final Path PROJECT = Path.of("src", "it", "user-project");
    private static final String MODULE = "com.example.porch";
    private static final String TESTS = "[         6 tests successful      ]";

    /** The modules that only its tests read, as Surefire adds them. */
    private static final String TEST_MODULES = "io.github.tuyacloud.fake,org.junit.jupiter.api";

    private static final List<String> TEST_READS = List.of(
            "--add-reads", MODULE + "=io.github.tuyacloud.fake",
            "--add-reads", MODULE + "=org.junit.jupiter.api");

    private static final Set<String> REPORT = new TreeSet<>();

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("runs")
    void tests_ofTheUserProject_pass(Jdk jdk, String path) throws Exception {
        if (!jdk.skipped().isEmpty()) {
            REPORT.add(jdk + ": skipped, " + jdk.skipped());
            Assumptions.abort(jdk.skipped());
        }
        Consumer.Run run = path.equals("module path") ? onModulePath(jdk) : onClassPath(jdk);

        assertThat(run.exitCode()).as("%s", run.lines()).isZero();
        assertThat(run.lines()).contains(TESTS);
        REPORT.add(jdk + ": passed on the " + path);
    }

    @Test
    void versions_inItsPom_areThoseOfThisBuild() throws IOException {
        String pom = Files.readString(PROJECT.resolve("pom.xml"));

        for (String artifact : List.of("mockwebserver3", "junit-jupiter")) {
            String version = pom.replaceAll(
                    "(?s).*<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)</version>.*", "$1");
            assertThat(jars(name -> name.equals(artifact + "-" + version + ".jar")))
                    .as(artifact)
                    .hasSize(1);
        }
    }

    @AfterAll
    static void report() {
        REPORT.forEach(line -> System.out.println("user project, " + line));
    }

    static Stream<Arguments> runs() throws IOException {
        return Jdk.all().stream()
                .flatMap(jdk -> jdk.skipped().isEmpty()
                        ? Stream.of(Arguments.of(jdk, "class path"), Arguments.of(jdk, "module path"))
                        : Stream.of(Arguments.of(jdk, "no path")));
    }

    private Consumer.Run onClassPath(Jdk jdk) throws Exception {
        compile(jdk, List.of("-cp", join(jars())), file -> !file.endsWith("module-info.java"));
        List<String> command = java(jdk);
        command.add("-cp");
        command.add(join(jars()) + File.pathSeparator + classes());
        command.add("org.junit.platform.console.ConsoleLauncher");
        command.addAll(List.of("execute", "--disable-banner", "--disable-ansi-colors", "--fail-if-no-tests"));
        command.addAll(List.of("--scan-classpath", classes()));
        return Consumer.launch(folder, command);
    }

    private Consumer.Run onModulePath(Jdk jdk) throws Exception {
        List<String> options = new ArrayList<>(List.of("-p", join(jars())));
        options.addAll(List.of("--add-modules", TEST_MODULES));
        options.addAll(TEST_READS);
        compile(jdk, options, file -> true);
        List<String> command = java(jdk);
        command.add("-p");
        command.add(join(jars()) + File.pathSeparator + classes());
        command.addAll(List.of("--add-modules", MODULE + "," + TEST_MODULES));
        command.addAll(TEST_READS);
        command.addAll(List.of("--add-opens", MODULE + "/" + MODULE + "=org.junit.platform.commons"));
        command.addAll(List.of("-m", "org.junit.platform.console/org.junit.platform.console.ConsoleLauncher"));
        command.addAll(List.of("execute", "--disable-banner", "--disable-ansi-colors", "--fail-if-no-tests"));
        command.addAll(List.of("--select-module", MODULE));
        return Consumer.launch(folder, command);
    }

    /** Compiles its program and its tests into one folder. */
    private void compile(Jdk jdk, List<String> options, Predicate<Path> wanted) throws Exception {
        List<String> command = new ArrayList<>(List.of(jdk.tool("javac"), "--release", "17", "-proc:none"));
        JavaProgram.QUICK_START.forEach(option -> command.add("-J" + option));
        command.addAll(List.of("-Xlint:all", "-Werror", "-d", classes()));
        command.addAll(options);
        try (Stream<Path> files = Files.walk(PROJECT.resolve("src"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(wanted)
                    .forEach(file -> command.add(file.toAbsolutePath().toString()));
        }
        Consumer.Run run = Consumer.launch(folder, command);
        assertThat(run.exitCode()).as("%s", run.lines()).isZero();
    }

    private static List<String> java(Jdk jdk) {
        List<String> command = new ArrayList<>(List.of(jdk.tool("java")));
        command.addAll(JavaProgram.QUICK_START);
        return command;
    }

    private String classes() {
        return folder.resolve("classes").toString();
    }

    /** Returns the dependencies of its pom, as Maven resolves them, and JUnit's launcher. */
    private static List<String> jars() {
        List<String> jars = new ArrayList<>(
                List.of(Packed.library().toString(), Packed.fake().toString()));
        jars.addAll(Packed.runtimeDependencies());
        jars.addAll(jars(name -> name.matches(
                "(mockwebserver3|junit-jupiter|junit-platform|opentest4j|open-test-reporting|apiguardian)-.*")));
        return jars;
    }

    private static List<String> jars(Predicate<String> name) {
        return Packed.testDependencies().stream()
                .filter(jar -> name.test(Path.of(jar).getFileName().toString()))
                .toList();
    }

    private static String join(List<String> jars) {
        return String.join(File.pathSeparator, jars);
    }
}
