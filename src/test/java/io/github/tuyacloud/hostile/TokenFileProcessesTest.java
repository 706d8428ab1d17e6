package io.github.tuyacloud.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.config.FileTokenStore;
import io.github.tuyacloud.config.TokenStore.Lock;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.support.JavaProgram;
import io.github.tuyacloud.support.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs eight processes with one token file, on a cloud in which each new token invalidates the previous one. */
@Tag("hostile")
@Timeout(240)
class TokenFileProcessesTest {

    private static final int PROCESSES = 8;
    private static final int THREADS = 4;
    private static final int SECONDS = 20;

    /**
     * A process that has waited too long for the lock continues without it. On a busy machine, that happens while all
     * processes start, and the token that is saved last may already be invalid.
     */
    private static final int UNTIL_SETTLED = 2;

    @TempDir
    private Path folder;

    private final long seed = Seed.of("the processes");
    private final Random random = new Random(seed);

    /** The output of all processes. */
    private record Outcome(
            long calls, long failures, long slowestMillis, long requestsWhenReady, List<String> reasons) {}

    @Test
    void processes_startedTogether_shareOneToken() throws Exception {
        try (FakeTuyaCloud fake = fake()) {
            Outcome outcome = run(fake, 0, 0);

            print("started together", outcome, fake);
            check(outcome);
            assertThat(fake.tokenRequests()).isLessThanOrEqualTo(outcome.requestsWhenReady() + UNTIL_SETTLED);
        }
    }

    /** Another program that does not use the file invalidates the token now and then. */
    @Test
    void processes_tokenInvalidatedByOthers_renewItOnceForAll() throws Exception {
        int endings = 20;
        try (FakeTuyaCloud fake = fake()) {
            Outcome outcome = run(fake, endings, 0);

            print("token ended " + endings + " times", outcome, fake);
            check(outcome);
            assertThat(fake.tokenRequests()).isLessThanOrEqualTo(outcome.requestsWhenReady() + endings + UNTIL_SETTLED);
        }
    }

    /** A process that is killed while it holds the lock must not keep it. */
    @Test
    void processes_killedAtRandom_doNotDisturbTheOthers() throws Exception {
        int endings = 20;
        try (FakeTuyaCloud fake = fake()) {
            Outcome outcome = run(fake, endings, 12);

            print("token ended " + endings + " times, 12 processes killed, seed " + seed, outcome, fake);
            check(outcome);
            // A killed process may have requested a token that it did not save.
            assertThat(fake.tokenRequests())
                    .isLessThanOrEqualTo(outcome.requestsWhenReady() + endings + 12 + UNTIL_SETTLED);
        }
    }

    /**
     * Without the lock, the processes may invalidate each other's tokens, but no call may take longer than its timeout.
     */
    @Test
    void processes_lockHeldWithoutEnd_endWithinTheCallTimeout() throws Exception {
        try (FakeTuyaCloud fake = fake()) {
            Lock lock = new FileTokenStore(file()).lock("key", Duration.ZERO).orElseThrow();
            Outcome outcome = run(fake, 3, 0);
            lock.close();

            print("lock held without end", outcome, fake);
            assertThat(outcome.calls()).isGreaterThan(1_000);
            assertThat(outcome.slowestMillis()).isLessThan(31_000);
        }
    }

    private static void check(Outcome outcome) {
        assertThat(outcome.calls()).isGreaterThan(1_000);
        assertThat(outcome.failures() * 1_000).as(outcome.reasons().toString()).isLessThan(outcome.calls());
    }

    private static FakeTuyaCloud fake() {
        return FakeTuyaCloud.builder()
                .mintNewTokenEachTime(true)
                .latency(Duration.ofMillis(5))
                .start();
    }

    private Path file() {
        return folder.resolve("tokens.json");
    }

    private Outcome run(FakeTuyaCloud fake, int endings, int kills) throws Exception {
        List<Process> running = new ArrayList<>();
        int started = 0;
        long requestsWhenReady;
        try {
            while (started < PROCESSES) {
                running.add(start(fake, started++));
            }
            for (int i = 0; i < PROCESSES; i++) {
                awaitReady(i);
            }
            requestsWhenReady = fake.tokenRequests();
            for (int i = 1; i <= Math.max(endings, kills); i++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(2 * 1000 * (SECONDS - 5) / Math.max(endings, kills)));
                if (i <= endings) {
                    fake.expireTokens();
                }
                if (i <= kills) {
                    running.remove(random.nextInt(running.size())).destroyForcibly();
                    running.add(start(fake, started++));
                }
            }
            for (Process process : running) {
                assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            running.forEach(Process::destroyForcibly);
        }
        return outcome(started, requestsWhenReady);
    }

    private Process start(FakeTuyaCloud fake, int number) throws IOException {
        return JavaProgram.start(
                folder,
                folder.resolve("printed" + number),
                JavaProgram.command(
                        List.of("-XX:TieredStopAtLevel=1", "-Xmx64m"),
                        TokenFileProcess.class,
                        fake.endpoint(),
                        fake.apiKey(),
                        fake.apiSecret(),
                        DemoWorld.PLUG,
                        file().toString(),
                        String.valueOf(THREADS),
                        String.valueOf(SECONDS),
                        "30"));
    }

    private void awaitReady(int number) throws Exception {
        while (!lines(number).contains(TokenFileProcess.READY)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private List<String> lines(int number) throws IOException {
        return Files.readAllLines(folder.resolve("printed" + number), StandardCharsets.UTF_8);
    }

    private Outcome outcome(int processes, long requestsWhenReady) throws IOException {
        long calls = 0;
        long failures = 0;
        long slowest = 0;
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            for (String line : lines(i)) {
                if (line.startsWith("RESULT ")) {
                    String[] parts = line.split(" ", 5);
                    calls += Long.parseLong(parts[1]);
                    failures += Long.parseLong(parts[2]);
                    slowest = Math.max(slowest, Long.parseLong(parts[3]));
                    reasons.add(parts[4]);
                }
            }
        }
        return new Outcome(calls, failures, slowest, requestsWhenReady, reasons);
    }

    private static void print(String what, Outcome outcome, FakeTuyaCloud fake) {
        System.out.println("Token file, " + what + ": " + outcome.calls() + " calls, " + outcome.failures()
                + " failures, slowest " + outcome.slowestMillis() + " ms, " + fake.tokenRequests() + " token requests, "
                + outcome.requestsWhenReady() + " of them at the start");
    }
}
