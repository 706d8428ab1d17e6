package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.Seed;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs hundreds of thousands of calls from several threads through random faults: no result is wrong, no command is
 * carried out that was not sent, and nothing leaks. Runs only with {@code -DsoakSeconds=}, for at least that long and {@code
 * -DsoakCalls=} (200,000) calls; {@code -Dseed=} repeats the faults.
 */
@Tag("soak")
@EnabledIfSystemProperty(named = "soakSeconds", matches = "\\d+")
class SoakTest {

    private static final int THREADS = 8;
    /** The tolerance for classes and libraries that are loaded late. */
    private static final long SLACK = 8;

    private static final long MEBIBYTE = 1024 * 1024;

    /** With a fixed clock, log results stay the same. */
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-04T12:00:00Z"), ZoneOffset.UTC);

    private final Duration time = Duration.ofSeconds(Long.getLong("soakSeconds", 45));
    private final long leastCalls = Long.getLong("soakCalls", 200_000);
    private final long seed = Seed.of("the faults");

    @Test
    void calls_withRandomFaults_areNeverWrongAndLeakNothing() throws Exception {
        long start = System.nanoTime();
        try (FakeTuyaCloud fake =
                FakeTuyaCloud.builder().clock(NOON).requestLogLimit(1_000).start()) {
            long before = openFiles();
            TuyaCloud cloud = client(fake);
            List<SoakWorker> workers = workers(fake, cloud);
            addFaults(fake);
            Footprint early = work(workers, Duration.ZERO, leastCalls / 5);
            Footprint late = work(workers, time.minus(Duration.ofNanos(System.nanoTime() - start)), leastCalls);
            cloud.close();
            report(workers, fake, early, late, Duration.ofNanos(System.nanoTime() - start));
            assertThat(late.heap() - early.heap())
                    .as("growth of the heap in bytes")
                    .isLessThan(24 * MEBIBYTE);
            assertThat(late.threads() - early.threads())
                    .as("additional threads")
                    .isLessThan(THREADS);
            assertThat(late.files() - early.files())
                    .as("additional open files and sockets")
                    .isLessThan(4 * THREADS);
            assertThat(failures(workers))
                    .as("calls that failed in all attempts")
                    .isLessThan(calls(workers) / 20);
            assertThat(calls(workers)).isGreaterThanOrEqualTo(leastCalls);
            awaitFilesClosed(before);
        }
    }

    /**
     * The resources in use.
     *
     * @param heap in bytes, after a garbage collection
     * @param threads the number of threads in the process
     * @param files open files and sockets, both ends of connections included
     */
    private record Footprint(long heap, int threads, long files) {}

    private TuyaCloud client(FakeTuyaCloud fake) {
        return Clients.of(fake)
                .clock(NOON)
                .retryPolicy(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(4)))
                .build();
    }

    private List<SoakWorker> workers(FakeTuyaCloud fake, TuyaCloud cloud) {
        List<SoakWorker> workers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            FakeDevice own = FakeDevice.builder("bfsoak" + i, DemoWorld.plug()).build();
            fake.addDevice(own);
            workers.add(new SoakWorker(fake, cloud, own.id(), seed + i));
        }
        workers.forEach(SoakWorker::learnRightResponses);
        return workers;
    }

    private void addFaults(FakeTuyaCloud fake) {
        Map<Fault, Double> chances = Map.of(
                Fault.disconnect(), 0.01,
                Fault.loseResponse(), 0.01,
                Fault.truncatedBody(), 0.01,
                Fault.http(502, "text/html", "<html>bad gateway</html>"), 0.01,
                Fault.http(503).header("Retry-After", "0"), 0.01,
                Fault.code(1110, "concurrent request over limit"), 0.01,
                Fault.code(500, "system error"), 0.005,
                Fault.code(1010, "token is expired"), 0.001,
                Fault.http(200, "text/html", "<html>log in</html>"), 0.005);
        chances.forEach(
                (fault, chance) -> fake.onAny().withProbability(chance, seed).fail(fault));
    }

    private Footprint work(List<SoakWorker> workers, Duration atLeast, long calls) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            long end = System.nanoTime() + Math.max(0, atLeast.toNanos());
            List<Future<?>> running = new ArrayList<>();
            for (SoakWorker worker : workers) {
                running.add(pool.submit(() -> worker.work(end, calls / THREADS)));
            }
            for (Future<?> future : running) {
                future.get(atLeast.toSeconds() + 1800, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("-Dseed=" + seed + ": " + e, e.getCause());
        } finally {
            pool.shutdownNow();
        }
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        return footprint();
    }

    private static Footprint footprint() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        return new Footprint(heap, Thread.getAllStackTraces().size(), openFiles());
    }

    /** Returns zero if the operating system does not report it. */
    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }

    private static void awaitFilesClosed(long before) {
        Await.until(
                () -> openFiles() - before <= SLACK,
                () -> "open files and sockets to be closed, not " + (openFiles() - before));
    }

    private static long calls(List<SoakWorker> workers) {
        return workers.stream().mapToLong(SoakWorker::calls).sum();
    }

    private static long failures(List<SoakWorker> workers) {
        return workers.stream().mapToLong(SoakWorker::failures).sum();
    }

    private void report(List<SoakWorker> workers, FakeTuyaCloud fake, Footprint early, Footprint late, Duration taken) {
        System.out.printf(
                "soak: %d calls by %d threads in %d s (%d a second), %d requests, %d tokens, %d calls failed, heap %d -> %d"
                        + " MiB, threads %d -> %d, open files and sockets %d -> %d, -Dseed=%d%n",
                calls(workers),
                THREADS,
                taken.toSeconds(),
                calls(workers) * 1000 / Math.max(1, taken.toMillis()),
                fake.requestCount(),
                fake.tokenRequests(),
                failures(workers),
                early.heap() / MEBIBYTE,
                late.heap() / MEBIBYTE,
                early.threads(),
                late.threads(),
                early.files(),
                late.files(),
                seed);
    }
}
