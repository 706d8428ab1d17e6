package io.github.tuyacloud.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo program as a person would and reads what it prints. */
class DemoTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void tour_withoutConfigFile_showsTheFakeCloud() {
        assertThat(run()).isZero();

        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(out.toString(UTF_8).lines())
                .anyMatch(line -> line.startsWith("A fake Tuya cloud on http://127.0.0.1:"))
                .anyMatch(line -> line.startsWith("  Kitchen plug    " + DemoWorld.PLUG + "  online "))
                .containsSubsequence("  before: switch_1 = false", "  after:  switch_1 = true")
                .anyMatch(line -> line.matches(" {2}1 .*data report +switch_1 +true +API"))
                .anyMatch(line -> line.matches(" {2}Page 1 ends here, .* begins at row key [0-9]+R[0-9]+:"))
                .anyMatch(line -> line.matches(" {2}10 .*"))
                .contains("  10        in all");
    }

    @Test
    void tour_ofRealDevices_onlyReads() {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud cloud = TuyaCloud.builder()
                        .endpoint(fake.endpoint())
                        .apiKey(fake.apiKey())
                        .apiSecret(fake.apiSecret())
                        .build()) {
            new Tour(cloud, true, new PrintStream(out, true, UTF_8)).run();

            assertThat(out.toString(UTF_8)).contains("the demo only reads them");
            assertThat(fake.requests()).extracting(FakeRequest::method).containsOnly("GET");
        }
    }

    @Test
    void tour_ofAnEmptyProject_saysWhatToDo() {
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder().empty().start();
                TuyaCloud cloud = TuyaCloud.builder()
                        .endpoint(fake.endpoint())
                        .apiKey(fake.apiKey())
                        .apiSecret(fake.apiSecret())
                        .build()) {
            new Tour(cloud, true, new PrintStream(out, true, UTF_8)).run();
        }

        assertThat(out.toString(UTF_8)).contains("Link your app account");
    }

    @Test
    void refusal_isOneLineAndAHint() {
        assertThat(run("set", DemoWorld.PLUG, "switch_1", "maybe")).isEqualTo(1);

        assertThat(out.size()).isZero();
        assertThat(err.toString(UTF_8).lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("Error: POST /v1.0/iot-03/devices/{id}/commands failed: 2008 "))
                .anyMatch(line -> line.startsWith("Hint: "));
    }

    @Test
    void brokenConfigFile_isOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("tinytuya.json"), "{\"apiKey\": \"abc\"}");
        // else the library warns of others who could read it
        assertThat(file.toFile().setReadable(false, false)).isTrue();
        assertThat(file.toFile().setReadable(true, true)).isTrue();

        assertThat(run()).isEqualTo(1);
        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("Error: Reading ")
                .contains("\"apiSecret\" is missing");
    }

    @Test
    void misuse_listsWhatCanBeDone() {
        for (String words : List.of(
                "wash", "watch soon", "watch 1 2", "log", "log id 0", "devices all", "set id code null", "--json")) {
            err.reset();

            assertThat(run(words.split(" "))).as(words).isEqualTo(2);
            assertThat(err.toString(UTF_8))
                    .startsWith("Error: cannot do \"" + words + "\"")
                    .contains("devices  ", "set ID CODE VALUE", "watch [SECONDS]", "exit code");
        }
        assertThat(out.size()).isZero();
    }

    @Test
    void readme_namesWhatCanBeDone() throws IOException {
        String row = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `mvn -q test-compile exec:java -Dexec.args="))
                .findFirst()
                .orElseThrow();

        assertThat(Errand.USAGE.lines())
                .filteredOn(line -> line.matches("[a-z-]+( [A-Z\\[\\]]+)* {2,}.*"))
                .hasSize(7)
                .allSatisfy(line -> assertThat(row).contains("`" + line.replaceFirst(" {2,}.*", "") + "`"));
    }

    @Test
    void errands_withJson_printJson() {
        assertThat(run("status", DemoWorld.PLUG, "--json")).isZero();

        assertThat(out.toString(UTF_8))
                .startsWith("[")
                .contains("\"value\" : 2302")
                .doesNotContain("CODE");
    }

    @Test
    void errands_showTables() {
        assertThat(run("devices")).isZero();
        assertThat(run("set", DemoWorld.LAMP, "colour_data_v2", "{\"h\":10,\"s\":20,\"v\":30}"))
                .isZero();
        assertThat(run("log", DemoWorld.SENSOR, "2")).isZero();
        assertThat(run("regions")).isZero();

        assertThat(out.toString(UTF_8)).contains("Garage plug", "colour_data_v2", "va_humidity", "Singapore");
        assertThat(out.toString(UTF_8).lines()).anyMatch(line -> line.startsWith("  288 "));
    }

    private int run(String... args) {
        return new Demo(
                        folder.resolve("tinytuya.json"),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        false)
                .run(List.of(args));
    }
}
