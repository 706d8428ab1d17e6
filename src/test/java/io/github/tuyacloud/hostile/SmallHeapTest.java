package io.github.tuyacloud.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeLogEntry;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.support.JavaProgram;
import io.github.tuyacloud.support.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that calls that fan out end if memory runs out, and that the client works once memory is available again. */
@Tag("hostile")
@Timeout(600)
class SmallHeapTest {

    private static final long STORM_SECONDS = Long.getLong("storm", 20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {24, 40})
    void fanOut_memoryRunsOut_noCallHangs(int megabytes) throws Exception {
        long seed = Seed.of("the calls");
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder().start().seed(2, 20, 600)) {
            List<FakeLogEntry> log = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                log.add(FakeLogEntry.report(Instant.now().minusSeconds(60L * i), "switch_1", true));
            }
            fake.addLog(fake.devices().get(0).id(), log);
            Process program =
                    start(megabytes, SmallHeapProgram.class, fake, Long.toString(STORM_SECONDS), Long.toString(seed));
            waitFor(program, 4 * STORM_SECONDS + 200);
            String said = Files.readString(output());
            System.out.println("seed " + seed + ", " + megabytes + " MB: "
                    + said.lines()
                            .filter(line -> line.matches("(calls|afterwards): .*"))
                            .toList());
            assertThat(program.exitValue()).as(said).isZero();
            assertThat(said).doesNotContain(" 0 ran out of memory");
        }
    }

    @Test
    void fanOut_aWorkerFillsTheHeapAndFails_allCallersGetTheError() throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            Process program = start(24, FullHeapProgram.class, fake);
            waitFor(program, 400);
            String said = Files.readString(output());
            System.out.println(
                    said.lines().filter(line -> line.startsWith("result:")).toList());
            assertThat(program.exitValue()).as(said).isZero();
        }
    }

    private Path output() {
        return folder.resolve("output.txt");
    }

    private Process start(int megabytes, Class<?> program, FakeTuyaCloud fake, String... further) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(fake.endpoint(), fake.apiKey(), fake.apiSecret()));
        arguments.addAll(List.of(further));
        List<String> options = List.of("-Xmx" + megabytes + "m", "-XX:TieredStopAtLevel=1");
        return JavaProgram.start(
                folder, output(), JavaProgram.command(options, program, arguments.toArray(String[]::new)));
    }

    private static void waitFor(Process program, long seconds) throws InterruptedException {
        try {
            assertThat(program.waitFor(seconds, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }
    }
}
