package io.github.tuyacloud.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that long operations of the demo show progress, but only on a terminal. */
class ProgressTest {

    private static final String FAKE =
            "A fake Tuya cloud, because there is no tinytuya.json in this folder." + System.lineSeparator();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    /** A console as in Java 22 and newer. */
    public record NewConsole(boolean isTerminal) {}

    @Test
    void log_onATerminal_countsPagesAndErasesThem() {
        assertThat(run(true, "log", DemoWorld.SENSOR, "2")).isZero();

        assertThat(err.toString(UTF_8)).isEqualTo(FAKE + "\r1 page read\r2 pages read\r3 pages read\r            \r");
        assertThat(out.toString(UTF_8).lines()).anyMatch(line -> line.startsWith("  288 "));
    }

    @Test
    void devices_onTerminal_countsPagesAndErasesTheLine() {
        assertThat(run(true, "devices")).isZero();

        assertThat(err.toString(UTF_8))
                .startsWith(FAKE + "\r1 page read\r2 pages read")
                .endsWith(" \r");
        assertThat(out.toString(UTF_8)).contains("Kitchen plug");
    }

    @Test
    void error_onTerminal_comesAfterTheErasedLine() {
        assertThat(run(true, "log", "unknown-device")).isEqualTo(1);

        assertThat(err.toString(UTF_8))
                .startsWith(FAKE + "\r1 page read\r           \rError: GET /v1.0/devices/{id}/logs ");
    }

    @Test
    void shortCommands_onTerminal_showNoProgress() {
        assertThat(run(true, "status", DemoWorld.PLUG)).isZero();
        assertThat(run(true, "regions")).isZero();

        assertThat(err.toString(UTF_8)).doesNotContain("\r");
    }

    @Test
    void progress_jsonOrFile_isNotShown() {
        assertThat(run(true, "devices", "--json")).isZero();
        assertThat(run(false, "devices")).isZero();

        assertThat(err.toString(UTF_8)).doesNotContain("\r");
    }

    @Test
    void isTerminal_consolesOfAllJavaVersions_areRecognized() {
        assertThat(Terminal.isTerminal(null, Console.class)).isFalse();
        assertThat(Terminal.isTerminal("a console before Java 22", String.class))
                .isTrue();
        assertThat(Terminal.isTerminal(new NewConsole(true), NewConsole.class)).isTrue();
        assertThat(Terminal.isTerminal(new NewConsole(false), NewConsole.class)).isFalse();
        assertThat(Terminal.isPresent()).as("tests run without a terminal").isFalse();
    }

    private int run(boolean onTerminal, String... args) {
        return new Demo(
                        new DemoConfig(folder.resolve("tinytuya.json"), Map.of()),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        onTerminal)
                .run(List.of(args));
    }
}
