package io.github.tuyacloud.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.support.Clients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo program like a user and checks its output. */
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
                .anyMatch(line -> line.startsWith("A fake Tuya cloud, because there is no tinytuya.json"))
                .anyMatch(line -> line.startsWith("  Kitchen plug    " + DemoWorld.PLUG + "  online "))
                .containsSubsequence("  before: switch_1 = false", "  after:  switch_1 = true")
                .anyMatch(line -> line.matches(" {2}1 .*data report +switch_1 +true +API"))
                .anyMatch(line -> line.matches(" {2}End of page 1. Page 2 starts at row key [0-9]+R[0-9]+:"))
                .anyMatch(line -> line.matches(" {2}10 .*"))
                .contains("  11        total");
    }

    @Test
    void tour_realDevices_onlyReads() {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud cloud = Clients.of(fake).build()) {
            new Tour(cloud, true, new PrintStream(out, true, UTF_8)).run();

            assertThat(out.toString(UTF_8)).contains("the tour only reads them");
            assertThat(fake.requests()).extracting(FakeRequest::method).containsOnly("GET");
        }
    }

    @Test
    void tour_emptyProject_printsAdvice() {
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder().empty().start();
                TuyaCloud cloud = Clients.of(fake).build()) {
            new Tour(cloud, true, new PrintStream(out, true, UTF_8)).run();
        }

        assertThat(out.toString(UTF_8)).contains("Link your app account");
    }

    @Test
    void set_invalidValue_printsErrorAndHint() {
        assertThat(run("set", DemoWorld.PLUG, "switch_1", "maybe")).isEqualTo(1);

        assertThat(out.size()).isZero();
        assertThat(err.toString(UTF_8).lines())
                .anyMatch(line -> line.startsWith("Error: POST /v1.0/iot-03/devices/{id}/commands failed: 2008 "))
                .contains("Hint: switch_1 takes true or false, not \"maybe\"");
    }

    @Test
    void set_unknownCode_printsTheCodesOfTheDevice() {
        assertThat(run("set", DemoWorld.PLUG, "switch", "true")).isEqualTo(1);

        assertThat(err.toString(UTF_8)).contains("Hint: ", "only switch_1, countdown_1");
    }

    @Test
    void set_readOnlyCode_printsTheCodesThatCanBeSent() {
        assertThat(run("set", DemoWorld.PLUG, "cur_power", "5")).isEqualTo(1);

        assertThat(err.toString(UTF_8))
                .contains("Hint: The device cannot be sent cur_power, only switch_1, countdown_1");
    }

    @Test
    void set_deviceWithoutFunctions_printsThatItTakesNoCommands() {
        assertThat(run("set", DemoWorld.SENSOR, "va_temperature", "200")).isEqualTo(1);

        assertThat(err.toString(UTF_8)).contains("Hint: The device takes no commands");
    }

    @Test
    void set_unknownDevice_printsTheHintOfTheLibrary() {
        assertThat(run("set", "nosuch", "switch_1", "true")).isEqualTo(1);

        assertThat(err.toString(UTF_8))
                .contains("failed: 1106 ", "Hint: Link the app account", "The command detect asks all data centers");
    }

    @Test
    void errors_everyLine_fitsInEightyColumns() {
        run("status", "nosuch");
        run("set", DemoWorld.PLUG, "switch_9", "true");
        run("set", DemoWorld.OFFLINE_PLUG, "switch_1", "true");
        run("devices", "--region", "narnia");
        run("devices", "--endpoint", "http://127.0.0.1:9");
        run("detect");
        run("wash");

        assertThat(err.toString(UTF_8).replace(folder.toString(), "/home/me").lines())
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void everyCommand_onTheFakeCloud_printsThatItIsFake() {
        for (String words : List.of("devices --json", "status " + DemoWorld.PLUG, "doctor")) {
            err.reset();

            assertThat(run(words.split(" "))).isZero();

            assertThat(err.toString(UTF_8))
                    .as(words)
                    .startsWith("A fake Tuya cloud, because there is no tinytuya.json");
        }
    }

    @Test
    void keyInTheEnvironment_noFile_startsNoFakeCloud() {
        DemoConfig config = new DemoConfig(folder.resolve("tinytuya.json"), Map.of("TUYA_API_KEY", "0123456789abcdef"));

        assertThat(run(config, "devices")).isEqualTo(1);

        assertThat(out.size()).isZero();
        assertThat(err.toString(UTF_8)).startsWith("Error: Reading ");
    }

    @Test
    void help_inAnySpelling_printsTheUsage() {
        assertThat(run("help")).isZero();
        assertThat(run("--help")).isZero();
        assertThat(run("-h")).isZero();

        assertThat(err.size()).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo((DemoCommand.USAGE + "\n").repeat(3));
    }

    @Test
    void argument_missingOrWrong_printsTheFormOfTheCommand() {
        run("status");
        run("log", "id", "0");
        run("set", "id", "code");
        run("devices", "--all");

        assertThat(err.toString(UTF_8).lines())
                .contains(
                        "Error: \"status\" must be \"status ID\". Usage:",
                        "Error: \"log id 0\" must be \"log ID [DAYS]\", with a number from 1 to 9999. Usage:",
                        "Error: \"set id code\" must be \"set ID CODE VALUE\". Usage:",
                        "Error: there is no option \"--all\". Usage:");
    }

    @Test
    void configFile_invalid_printsNoStackTrace() throws IOException {
        Path file = Files.writeString(folder.resolve("tinytuya.json"), "{\"apiKey\": \"abc\"}");
        // otherwise the library warns about the permissions
        assertThat(file.toFile().setReadable(false, false)).isTrue();
        assertThat(file.toFile().setReadable(true, true)).isTrue();

        assertThat(run()).isEqualTo(1);
        assertThat(err.toString(UTF_8).lines()).first().asString().startsWith("Error: Reading ");
        assertThat(err.toString(UTF_8).replaceAll("\\s+", " "))
                .contains("\"apiSecret\" is missing")
                .doesNotContain(" at ");
    }

    @Test
    void arguments_invalid_printTheUsage() {
        for (String words : List.of(
                "wash",
                "watch soon",
                "watch 1 2",
                "log",
                "log id 0",
                "devices all",
                "set id code null",
                "--json",
                "devices --region",
                "status --endpoint")) {
            err.reset();

            assertThat(run(words.split(" "))).as(words).isEqualTo(2);
            assertThat(err.toString(UTF_8))
                    .startsWith("Error: ")
                    .contains("devices  ", "set ID CODE VALUE", "watch [SECONDS]", "Exit code");
        }
        assertThat(out.size()).isZero();
    }

    @Test
    void usage_everyLine_fitsInEightyColumns() {
        assertThat(DemoCommand.USAGE.lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void output_everyLine_fitsInEightyColumns() {
        run();
        run("devices");
        run("status", DemoWorld.PLUG);
        run("log", DemoWorld.PLUG, "7");
        run("regions");

        assertThat(out.toString(UTF_8).lines()).hasSizeGreaterThan(40).allSatisfy(line -> assertThat(
                        line.codePointCount(0, line.length()))
                .isLessThanOrEqualTo(80));
    }

    @Test
    void status_valuesWithUnits_areShownNextToTheRawOnes() {
        assertThat(run("status", DemoWorld.PLUG)).isZero();

        assertThat(out.toString(UTF_8).lines()).anyMatch(line -> line.matches(" {2}cur_voltage +2302 +230\\.2 V"));
    }

    @Test
    void status_deviceWithoutSpecification_isShownRaw() {
        assertThat(run("status", DemoWorld.GATEWAY)).isZero();

        assertThat(out.toString(UTF_8).lines()).containsExactly("  CODE  VALUE  MEANING", "  (none)");
    }

    @Test
    void devices_withJson_omitsLocalKeysUnlessAsked() {
        assertThat(run("devices", "--json")).isZero();
        assertThat(out.toString(UTF_8)).contains("Kitchen plug").doesNotContain("local_key");

        assertThat(run("devices", "--json", "--keys")).isZero();
        assertThat(out.toString(UTF_8)).contains("local_key", "category");
    }

    @Test
    void devices_withKeys_areNotAbbreviated() {
        assertThat(run("devices", "--keys")).isZero();

        assertThat(out.toString(UTF_8).lines())
                .hasSize(6)
                .anyMatch(line -> line.matches("  Kitchen plug +" + DemoWorld.PLUG + "  online +[0-9a-f]{16}"));
    }

    @Test
    void log_withJson_printsTimesWithTheirZone() {
        assertThat(run("log", DemoWorld.PLUG, "--json")).isZero();

        assertThat(out.toString(UTF_8).lines()).anyMatch(line -> line.matches(" *\"time\" : \"20[0-9-]+T[0-9:.]+Z\","));
    }

    @Test
    void endpointAndRegion_asOptions_areUsed() throws IOException {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            Path file = Files.writeString(
                    folder.resolve("tinytuya.json"),
                    "{\"apiKey\": \"" + fake.apiKey() + "\", \"apiSecret\": \"" + fake.apiSecret() + "\"}");
            assertThat(file.toFile().setReadable(false, false)).isTrue();
            assertThat(file.toFile().setReadable(true, true)).isTrue();

            assertThat(run("devices", "--endpoint", fake.endpoint(), "--region", "eu"))
                    .isZero();
            assertThat(out.toString(UTF_8)).contains("Garage plug");
            assertThat(fake.requests()).isNotEmpty();
        }
    }

    @Test
    void endpoint_invalidWithoutAKey_isWhatTheErrorIsAbout() {
        assertThat(run("devices", "--endpoint", "foo")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).startsWith("Error: The endpoint must be a scheme, a host");
    }

    @Test
    void option_givenTwice_isAccepted() {
        assertThat(run("regions", "--json", "--json")).isZero();

        assertThat(out.toString(UTF_8)).startsWith("[");
    }

    @Test
    void detect_halfOfTheEnvironment_namesTheOtherHalf() {
        DemoConfig half = new DemoConfig(folder.resolve("tinytuya.json"), Map.of("TUYA_API_KEY", "key"));

        assertThat(run(half, "detect")).isEqualTo(2);

        assertThat(err.toString(UTF_8))
                .isEqualToIgnoringNewLines("Error: detect needs your key and secret: set TUYA_API_SECRET, too");
    }

    @Test
    void warnings_onTheTerminal_areWrapped() {
        Terminal.wrapping(new PrintStream(err, true)).println("WARN " + "word ".repeat(40));

        assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.length() <= Terminal.WIDTH);
    }

    @Test
    void doctor_onFakeCloud_reportsEverySubject() {
        assertThat(run("doctor")).isZero();

        assertThat(out.toString(UTF_8)).contains("key and data center", "message service");
        assertThat(out.toString(UTF_8).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void doctor_withJson_printsJson() {
        assertThat(run("doctor", "--json")).isZero();

        assertThat(out.toString(UTF_8)).startsWith("[").contains("\"subject\" : \"clock\"");
    }

    @Test
    void doctor_wrongSecret_reportsItAndFails() throws IOException {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            Files.writeString(
                    folder.resolve("tinytuya.json"),
                    "{\"apiKey\": \"" + fake.apiKey() + "\", \"apiSecret\": \"wrong\"}");

            assertThat(run("doctor", "--endpoint", fake.endpoint())).isEqualTo(1);
        }

        assertThat(out.toString(UTF_8))
                .contains("refused      key and data center  1004 ", "The command detect asks all data centers");
    }

    @Test
    void detect_withoutConfigFile_printsWhatItNeeds() {
        assertThat(run("detect")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).startsWith("Error: detect needs your key and secret");
    }

    @Test
    void status_withJson_printsJson() {
        assertThat(run("status", DemoWorld.PLUG, "--json")).isZero();

        assertThat(out.toString(UTF_8))
                .startsWith("[")
                .contains("\"value\" : 2302")
                .doesNotContain("CODE");
    }

    @Test
    void commands_onTheFakeCloud_printTables() {
        assertThat(run("devices")).isZero();
        assertThat(run("set", DemoWorld.LAMP, "colour_data_v2", "{\"h\":10,\"s\":20,\"v\":30}"))
                .isZero();
        assertThat(run("log", DemoWorld.SENSOR, "2")).isZero();
        assertThat(run("regions")).isZero();

        assertThat(out.toString(UTF_8)).contains("Garage plug", "colour_data_v2", "done", "va_humidity", "Singapore");
        assertThat(out.toString(UTF_8).lines()).anyMatch(line -> line.startsWith("  288 "));
    }

    private int run(String... args) {
        return run(new DemoConfig(folder.resolve("tinytuya.json"), Map.of()), args);
    }

    private int run(DemoConfig config, String... args) {
        return new Demo(config, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false)
                .run(List.of(args));
    }
}
