package io.github.tuyacloud.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.support.JavaProgram;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks the demo's {@code watch} on the fake cloud that it starts itself, and on one that it treats as the real cloud.
 */
class WatchTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}  ";

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(2);

    private static Future<Run> text;
    private static Future<Run> json;

    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(outBytes, true, UTF_8);
    private final PrintStream err = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    private final FakeTuyaCloud fake = FakeTuyaCloud.start();
    private final TuyaCloud cloud = client(fake.endpoint(), fake.apiKey(), fake.apiSecret());

    @TempDir
    private Path folder;

    /** What a run of the demo returned and printed. */
    private record Run(int exitCode, List<String> out, List<String> err) {}

    /** Starts two runs at once, because each waits for seconds until no message can be under way. */
    @BeforeAll
    static void startRuns(@TempDir Path empty) {
        text = THREADS.submit(() -> demo(empty, "watch"));
        json = THREADS.submit(() -> demo(empty, "watch", "600", "--json"));
    }

    @AfterAll
    static void shutDown() {
        THREADS.shutdownNow();
    }

    @AfterEach
    void close() {
        cloud.close();
        fake.close();
    }

    /** A program that watches a cloud until it is stopped. */
    static final class Watcher {

        public static void main(String[] args) throws InterruptedException {
            try (TuyaCloud cloud = client(args[0], args[1], args[2]);
                    Watch watch = new Watch(cloud, false, System.out, System.err)) {
                watch.showDevices(null);
                watch.await(null);
            }
        }
    }

    @Test
    void watch_fakeCloud_endsByItself() throws Exception {
        Run run = text.get();

        assertThat(run.exitCode()).isZero();
        List<String> lines = run.out();
        assertThat(lines.get(0)).startsWith("  NAME ");
        assertThat(lines).anyMatch(line -> line.startsWith("  Garage plug ") && line.contains("offline"));
        assertThat(lines.stream().filter(line -> line.matches(TIME + ".*")))
                .satisfiesExactly(
                        line -> assertThat(line).matches(TIME + "Kitchen plug  switch_1 = true"),
                        line -> assertThat(line).matches(TIME + "Kitchen plug  cur_power = 605 \\(60\\.5 W\\)"),
                        line -> assertThat(line).matches(TIME + "Bedroom sensor  va_temperature = 221 \\(22\\.1 °C\\)"),
                        line -> assertThat(line).matches(TIME + "Garage plug  online"));
        assertThat(run.err())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("A fake Tuya cloud, because there is no tinytuya.json"),
                        line -> assertThat(line).startsWith("These were a few changes"));
    }

    @Test
    void watch_json_printsOneObjectPerLine() throws Exception {
        Run run = json.get();

        assertThat(run.exitCode()).isZero();
        List<String> lines = run.out();
        assertThat(lines).hasSize(4);
        JsonNode power = new ObjectMapper().readTree(lines.get(1));
        assertThat(power.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("time", "device", "name", "code", "value");
        assertThat(power.path("time").textValue()).endsWith("Z");
        assertThat(power.path("device").textValue()).isEqualTo(DemoWorld.PLUG);
        assertThat(power.path("value").longValue()).isEqualTo(605);
        JsonNode online = new ObjectMapper().readTree(lines.get(3));
        assertThat(online.path("name").textValue()).isEqualTo("Garage plug");
        assertThat(online.path("event").textValue()).isEqualTo("online");
    }

    @Test
    void watch_changesOfEveryKind_printsOneLineEach() throws InterruptedException {
        try (Watch watch = watch()) {
            watch.showDevices(null);
            outBytes.reset();
            fake.messages().pushEvent(DemoWorld.LAMP, "nameUpdate", Map.of("name", "Reading\nlamp"));
            fake.removeDevice(DemoWorld.SENSOR);
            fake.messages().pushEvent(DemoWorld.SENSOR, "delete", Map.of());
            assertThat(fake.messages().awaitAcknowledged(2, TIMEOUT)).isTrue();
        }

        assertThat(outBytes.toString(UTF_8).lines().map(line -> line.replaceFirst(TIME, "")))
                .containsExactly("Reading lamp  renamed to Reading lamp", "Bedroom sensor  removed");
    }

    @Test
    void watch_listRefused_ends() {
        fake.onAny().fail(Fault.code(1106, "permission deny"));

        try (Watch watch = watch()) {
            assertThatExceptionOfType(TuyaException.class).isThrownBy(() -> watch.showDevices(null));
        }
    }

    @Test
    void watch_cloudUnreachable_printsNoTableAndFails() throws IOException {
        Files.writeString(
                folder.resolve("tinytuya.json"),
                "{\"apiKey\": \"" + fake.apiKey() + "\", \"apiSecret\": \"" + fake.apiSecret() + "\"}");
        fake.close();

        Run run = demo(folder, "watch", "1", "--endpoint", fake.endpoint());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().get(1)).startsWith("Not up to date yet: ");
        assertThat(run.err()).allMatch(line -> line.length() <= Terminal.WIDTH);
    }

    @Test
    void watch_limitReached_ends() throws InterruptedException {
        try (Watch watch = watch()) {
            assertThat(fake.messages().awaitConnections(1, TIMEOUT)).isTrue();

            watch.await(Duration.ofMillis(1));
        }
        assertThat(fake.messages().awaitConnections(0, TIMEOUT)).isTrue();
    }

    /** Ends the program as Ctrl-C does, but by a signal from another process. */
    @Test
    void watch_programInterrupted_closesItsSubscription() throws Exception {
        Process watcher = new ProcessBuilder(JavaProgram.command(
                        List.of("-XX:TieredStopAtLevel=1"),
                        Watcher.class,
                        fake.endpoint(),
                        fake.apiKey(),
                        fake.apiSecret()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(watcher.getInputStream(), UTF_8))) {
            for (String line = said.readLine(); line != null && !line.startsWith("  Garage plug"); ) {
                line = said.readLine(); // the table of devices, up to its last line
            }
            fake.messages().push(DemoWorld.PLUG, "switch_1", true);
            assertThat(fake.messages().awaitAcknowledged(1, TIMEOUT)).isTrue();
            assertThat(said.readLine()).endsWith("Kitchen plug  switch_1 = true");

            watcher.toHandle().destroy(); // destroying the process itself would close its output, too

            assertThat(said.lines()).containsExactly("Ended; messages taken: 1");
            assertThat(watcher.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            watcher.destroyForcibly();
        }
    }

    private Watch watch() {
        return new Watch(cloud, false, out, err);
    }

    private static Run demo(Path folder, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = new Demo(
                        new DemoConfig(folder.resolve("tinytuya.json"), Map.of()),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        false)
                .run(List.of(args));
        return new Run(
                exitCode,
                out.toString(UTF_8).lines().toList(),
                err.toString(UTF_8).lines().toList());
    }

    private static TuyaCloud client(String endpoint, String apiKey, String apiSecret) {
        return TuyaCloud.builder()
                .endpoint(endpoint)
                .apiKey(apiKey)
                .apiSecret(apiSecret)
                .build();
    }
}
