package io.github.tuyacloud.bench.cases;

import com.sun.management.ThreadMXBean;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.BareClient;
import io.github.tuyacloud.bench.client.Clients;
import io.github.tuyacloud.bench.server.LocalCloud;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Measures the cost of a call without network latency: {@code getStatus}, from one thread and from many, and its
 * allocation.
 */
public final class CallCases {

    private static final String DEVICE = "bf000000000000000001";

    /** The latency of a nearby server; without any, two processes on one machine would only alternate. */
    private static final Duration NEAR = Duration.ofNanos(500_000);

    /** Many short rounds, so that other work on the machine affects only a few of them and not the median. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private static final int SLICES_PER_ROUND = 8;
    private static final int CALLS_PER_ALLOCATION_ROUND = 500;

    private final LocalCloud cloud;

    /** Creates the benchmark for a server. */
    public CallCases(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /** Runs the benchmark. */
    public void run() {
        Report.title("getStatus, library against bare OkHttp");
        cloud.latency(Duration.ZERO);
        try (TuyaCloud library = Clients.library(cloud.endpoint())) {
            BareClient bare = Clients.bare(cloud.endpoint());
            warmUp(() -> library.getStatus(DEVICE), () -> bare.status(DEVICE));
            one("calls a second, 1 thread", () -> library.getStatus(DEVICE), () -> bare.status(DEVICE));
            allocation(() -> library.getStatus(DEVICE), () -> bare.status(DEVICE));
            cloud.latency(NEAR);
            one("calls a second, 1 thread, 0.5 ms", () -> library.getStatus(DEVICE), () -> bare.status(DEVICE));
        }
        many("calls a second, 32 threads, 0.5 ms");
        cloud.latency(Duration.ZERO);
        many("calls a second, 32 threads");
    }

    private static void warmUp(Runnable library, Runnable bare) {
        for (int round = 0; round < 30; round++) {
            callsPerSecond(library);
            callsPerSecond(bare);
        }
    }

    private static void one(String what, Runnable library, Runnable bare) {
        Rounds rounds = Rounds.of(
                SLICES_PER_ROUND * Settings.rounds(), () -> callsPerSecond(library), () -> callsPerSecond(bare));
        Report.atLeast(0.95, what, rounds.ratio(0, 1));
        Report.note("library %.0f a second, bare %.0f", rounds.median(0), rounds.median(1));
    }

    private static void allocation(Runnable library, Runnable bare) {
        Rounds rounds = Rounds.of(Settings.rounds(), () -> bytesPerCall(library), () -> bytesPerCall(bare));
        Report.atMost(1.25, "bytes allocated by the calling thread", rounds.ratio(0, 1));
        Report.note("library %.0f bytes a call, bare %.0f", rounds.median(0), rounds.median(1));
    }

    private void many(String what) {
        ExecutorService threads = Executors.newFixedThreadPool(Clients.THREADS);
        try (TuyaCloud library = Clients.library(cloud.endpoint());
                TuyaCloud byDefault = Clients.libraryByDefault(cloud.endpoint())) {
            BareClient bare = Clients.bare(cloud.endpoint());
            long[] connections = new long[3];
            Rounds rounds = Rounds.of(
                    SLICES_PER_ROUND * Settings.rounds(),
                    () -> counted(threads, () -> library.getStatus(DEVICE), connections, 0),
                    () -> counted(threads, () -> bare.status(DEVICE), connections, 1),
                    () -> counted(threads, () -> byDefault.getStatus(DEVICE), connections, 2));
            Report.atLeast(0.95, what, rounds.ratio(0, 1));
            Report.note("library %.0f a second, bare %.0f", rounds.median(0), rounds.median(1));
            Report.atLeast(0.95, "the same, library with its own OkHttp client", rounds.ratio(2, 1));
            Report.atMost(Clients.THREADS, "connections of the library in all rounds", connections[0]);
            Report.atMost(Clients.THREADS, "connections of the library by default", connections[2]);
            Report.note("connections of bare OkHttp: %d", connections[1]);
        } finally {
            threads.shutdownNow();
        }
    }

    private double counted(ExecutorService threads, Runnable call, long[] connections, int way) throws Exception {
        cloud.counters();
        double result = callsPerSecond(threads, call);
        connections[way] += cloud.counters().connections();
        return result;
    }

    private static double callsPerSecond(Runnable call) {
        long start = System.nanoTime();
        long calls = callUntil(start + SLICE_NANOS, call);
        return calls * 1e9 / (System.nanoTime() - start);
    }

    private static double callsPerSecond(ExecutorService threads, Runnable call) throws Exception {
        long start = System.nanoTime();
        var running = IntStream.range(0, Clients.THREADS)
                .mapToObj(i -> threads.submit(() -> callUntil(start + SLICE_NANOS, call)))
                .toList();
        long calls = 0;
        for (Future<Long> thread : running) {
            calls += thread.get();
        }
        return calls * 1e9 / (System.nanoTime() - start);
    }

    private static long callUntil(long end, Runnable call) {
        long calls = 0;
        while (System.nanoTime() - end < 0) {
            call.run();
            calls++;
        }
        return calls;
    }

    private static double bytesPerCall(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS_PER_ALLOCATION_ROUND; i++) {
            call.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / (double) CALLS_PER_ALLOCATION_ROUND;
    }
}
