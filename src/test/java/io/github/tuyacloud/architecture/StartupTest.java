package io.github.tuyacloud.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.support.JavaProgram;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks the classes that a new process loads before it has its first response. Each of them delays that response, and
 * their number grows easily: a field of a facade, a lambda, or a method that returns a subtype is enough.
 */
class StartupTest {

    /** The maximum; a lambda counts as a class, because it costs more than one. */
    private static final int MOST_CLASSES = 90;

    /** Other classes that take milliseconds, because they load dozens more or generate code. */
    private static final List<String> SLOW = List.of(
            "java.lang.runtime.ObjectMethods", // equals or hashCode of a record
            "java.time.YearMonth", // creates formatters
            "kotlin.jvm.internal.Reflection"); // a tag of an OkHttp request

    private static final long LIMIT_SECONDS = 50;

    @TempDir
    Path folder;

    @Test
    void firstCall_ofANewProcess_loadsFewClassesAndNoSlowOnes() throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            Path loaded = folder.resolve("loaded.txt");
            Path output = folder.resolve("output.txt");
            Process program = JavaProgram.start(
                    folder,
                    output,
                    JavaProgram.command(List.of(
                            "-Xlog:class+load:file=" + loaded,
                            "-cp",
                            classPath(),
                            FirstResult.class.getName(),
                            fake.endpoint(),
                            fake.apiKey(),
                            fake.apiSecret(),
                            DemoWorld.PLUG)));
            try {
                assertThat(program.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            } finally {
                program.destroyForcibly();
            }

            assertThat(output).content().contains("switched on: ");
            List<String> names = names(loaded);
            assertThat(names).contains("okhttp3.OkHttpClient").doesNotContainAnyElementsOf(SLOW);
            assertThat(names.stream().filter(StartupTest::isOurs))
                    .hasSizeLessThanOrEqualTo(MOST_CLASSES)
                    .contains("io.github.tuyacloud.TuyaCloud")
                    .noneMatch(name -> name.matches("io\\.github\\.tuyacloud\\.(live|messages|picture|socket)\\..*"));
        }
    }

    private static List<String> names(Path loaded) throws Exception {
        return Files.readAllLines(loaded).stream()
                .map(line -> line.replaceFirst(".*\\[class,load *\\] *", "").replaceFirst(" source:.*", ""))
                .toList();
    }

    private static boolean isOurs(String name) {
        return name.startsWith("io.github.tuyacloud.") && !name.startsWith(FirstResult.class.getPackageName() + ".");
    }

    private static String classPath() {
        return Stream.of(
                        FirstResult.class,
                        TuyaCloud.class,
                        okhttp3.OkHttpClient.class,
                        okio.Buffer.class,
                        kotlin.Unit.class,
                        com.fasterxml.jackson.databind.ObjectMapper.class,
                        com.fasterxml.jackson.core.JsonFactory.class,
                        com.fasterxml.jackson.annotation.JsonValue.class,
                        org.slf4j.Logger.class)
                .map(StartupTest::locationOf)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String locationOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
