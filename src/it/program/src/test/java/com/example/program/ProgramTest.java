package com.example.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the program with the current and the oldest dependencies, and after ProGuard. */
class ProgramTest {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final String CLASSES = TARGET.resolve("classes").toString();
    private static final List<String> CLASS_PATH =
            List.of(System.getProperty("surefire.test.class.path").split(File.pathSeparator));

    @Test
    void program_withTheCurrentDependencies_switchesADevice() throws Exception {
        List<String> elements = new ArrayList<>(List.of(CLASSES));
        elements.addAll(libraryAndDependencies());

        assertSwitchesADevice(elements);
    }

    @Test
    void program_withTheOldestDependencies_switchesADevice() throws Exception {
        List<String> elements = new ArrayList<>(List.of(CLASSES, library()));
        try (Stream<Path> jars = Files.list(TARGET.resolve("oldest"))) {
            jars.map(Path::toString).forEach(elements::add);
        }
        assertThat(elements).anyMatch(jar -> jar.endsWith("okhttp-4.12.0.jar"));

        assertSwitchesADevice(elements);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-dontoptimize", "-optimizationpasses 1"})
    void program_afterProGuard_switchesADevice(String optimization) throws Exception {
        Path small = TARGET.resolve("small.jar");
        Files.deleteIfExists(small);
        List<String> rules = new ArrayList<>();
        rules.add("-injars " + CLASSES);
        for (String jar : libraryAndDependencies()) {
            rules.add("-injars " + jar + "(!module-info.class,!META-INF/versions/**,!META-INF/maven/**)");
            rules.addAll(rulesIn(jar));
        }
        rules.add("-outjars " + small);
        for (String module : List.of("java.base", "java.logging")) {
            rules.add("-libraryjars " + System.getProperty("java.home") + "/jmods/" + module
                    + ".jmod(!**.jar;!module-info.class)");
        }
        rules.add("-keep public class com.example.program.Program { public static void main(java.lang.String[]); }");
        // users must keep the type to which the program converts a result
        rules.add("-keep class com.example.program.Program$Named { *; }");
        rules.add("-keepattributes Signature,*Annotation*,InnerClasses,EnclosingMethod,Record");
        rules.addAll(List.of(optimization, "-dontwarn", "-dontnote", "-ignorewarnings", "-forceprocessing"));
        Path configuration = Files.write(TARGET.resolve("small.pro"), rules);

        String said = run(
                List.of("-cp", String.join(File.pathSeparator, CLASS_PATH), "proguard.ProGuard", "@" + configuration));
        assertThat(small).as(said).exists();
        try (ZipFile jar = new ZipFile(small.toFile())) {
            assertThat(jar.getEntry("io/github/tuyacloud/engine/RetryLoop.class"))
                    .as("a hidden class under its own name")
                    .isNull();
        }

        assertSwitchesADevice(List.of(small.toString()));
    }

    private static void assertSwitchesADevice(List<String> elements) throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            String printed = run(List.of(
                    "-cp",
                    String.join(File.pathSeparator, elements),
                    "com.example.program.Program",
                    fake.endpoint(),
                    fake.apiKey(),
                    fake.apiSecret()));

            assertThat(printed.lines())
                    .as(printed)
                    .containsSubsequence(
                            "sent: true",
                            "on: true",
                            "sent: true",
                            "on: false",
                            "set: true",
                            "model: true",
                            "log: true",
                            "same: true");
        }
    }

    private static String library() {
        return CLASS_PATH.stream()
                .filter(jar -> jar.matches(".*tuya-cloud-[^/]*\\.jar") && !jar.endsWith("-fake.jar"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> libraryAndDependencies() {
        List<String> jars = new ArrayList<>(List.of(library()));
        CLASS_PATH.stream()
                .filter(jar ->
                        jar.matches(".*/(okhttp-jvm|okio-jvm|jackson-(databind|core|annotations)|slf4j-api)-[^/]*")
                                || jar.matches(".*/kotlin-stdlib-\\d[^/]*"))
                .forEach(jars::add);
        return jars;
    }

    /** Returns the rules shipped with a library, as the Android build tools read them. */
    private static List<String> rulesIn(String jar) throws IOException {
        List<String> rules = new ArrayList<>();
        try (ZipFile file = new ZipFile(jar)) {
            for (ZipEntry entry : file.stream().toList()) {
                if (entry.getName().startsWith("META-INF/proguard/") && !entry.isDirectory()) {
                    rules.add(new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return rules;
    }

    private static String run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        Path output = Files.createTempFile(TARGET, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES))
                    .as(Files.readString(output))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }
}
