package io.github.tuyacloud.bench.cases;

import io.github.tuyacloud.bench.child.ChildJvm;
import io.github.tuyacloud.bench.child.ManyCalls;
import io.github.tuyacloud.bench.child.VirtualThreads;
import io.github.tuyacloud.bench.child.WorkerJvm;
import io.github.tuyacloud.bench.server.LocalCloud;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures many threads on one client in separate processes that take turns: reads and commands, with low and high
 * latency.
 */
public final class ThreadCases {

    // The two programs, and what they report about a portion of their calls.
    private static final int LIBRARY = 0;
    private static final int BARE = 1;
    private static final int SECONDS = 0;
    private static final int CPU_MICROS = 1;
    private static final int CONNECTIONS = 2;

    private static final int WARM_UP_CALLS = 20_000;
    private static final int MEASURED_CALLS = 20_000;

    /** Fewer calls with high latency, which take much longer. */
    private static final int FEW_CALLS = 100;

    /** The seconds after which the JVM has compiled what the first calls have made hot. */
    private static final int PAUSE_SECONDS = 5;

    private static final int VIRTUAL_THREADS = 10_000;
    private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;

    private final LocalCloud cloud;

    /** Creates the benchmark for a server. */
    public ThreadCases(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /** Compares reads. */
    public void runReads() throws Exception {
        Report.title("getStatus in processes of their own, library against bare OkHttp");
        compare(0.95, "status", 1, Duration.ZERO);
        compare(0.90, "status", 32, Duration.ZERO);
        compare(0.90, "status", 32, Duration.ofMillis(5));
        compare(0.90, "status", 128, Duration.ofMillis(5));
        compare(0.90, "status", 256, Duration.ofMillis(5));
        if (Runtime.version().feature() >= FIRST_JAVA_WITH_VIRTUAL_THREADS) {
            virtualThreads();
        } else {
            Report.note("virtual threads: not on Java %d", Runtime.version().feature());
        }
    }

    private void virtualThreads() throws Exception {
        cloud.latency(Settings.latency());
        String[] figures = ChildJvm.run(
                        cloud,
                        System.getProperty("java.class.path"),
                        List.of(),
                        VirtualThreads.class,
                        cloud.endpoint(),
                        String.valueOf(VIRTUAL_THREADS))
                .firstLine()
                .split(" ");
        Report.atMost(0, "failed calls of 10,000 virtual threads", Long.parseLong(figures[0]));
        Report.atMost(2, "CPU of a second burst of theirs, against 32 threads", Rounds.Spread.of(new double[] {
            Double.parseDouble(figures[1])
        }));
    }

    /** Compares commands. */
    public void runCommands() throws Exception {
        Report.title("sendCommand in processes of their own, library against bare OkHttp");
        compare(0.91, "command", 1, Duration.ZERO);
        compare(0.91, "command", 32, Duration.ZERO);
        compare(0.95, "command", 1, Settings.latency());
    }

    private void compare(double wanted, String call, int threads, Duration latency) throws Exception {
        cloud.latency(latency);
        int before = calls(threads, latency, WARM_UP_CALLS);
        int measured = calls(threads, latency, MEASURED_CALLS);
        double[] connections = new double[2];
        Turns compiling = new Turns();
        Turns compiled = new Turns();
        // One more, which only warms up the server.
        for (int round = -1; round < Settings.rounds(); round++) {
            try (WorkerJvm library = start("library", call, threads);
                    WorkerJvm bare = start("bare", call, threads)) {
                double[][] warmUp = take(library, bare, before);
                double[][] first = take(library, bare, measured);
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                double[][] second = take(library, bare, measured);
                for (int program : List.of(LIBRARY, BARE)) {
                    connections[program] = Math.max(
                            connections[program],
                            warmUp[program][CONNECTIONS] + first[program][CONNECTIONS] + second[program][CONNECTIONS]);
                }
                if (round >= 0) {
                    compiling.add(first);
                    compiled.add(second);
                }
            }
        }
        String what =
                "calls a second, %d thread%s, %d ms".formatted(threads, threads == 1 ? "" : "s", latency.toMillis());
        report(wanted, what, compiling, measured);
        report(wanted, "the same after a pause", compiled, measured);
        Report.note("most connections %.0f and %.0f", connections[LIBRARY], connections[BARE]);
    }

    private static void report(double wanted, String what, Turns turns, int calls) {
        Report.atLeast(wanted, what, turns.ratio(BARE, LIBRARY, SECONDS));
        Report.note(
                "library %.0f a second, bare %.0f; CPU a call %.0f and %.0f us (%s)",
                calls / turns.median(LIBRARY, SECONDS),
                calls / turns.median(BARE, SECONDS),
                turns.median(LIBRARY, CPU_MICROS) / calls,
                turns.median(BARE, CPU_MICROS) / calls,
                turns.ratio(LIBRARY, BARE, CPU_MICROS));
    }

    private WorkerJvm start(String way, String call, int threads) throws IOException {
        return WorkerJvm.start(cloud, List.of(), ManyCalls.class, way, cloud.endpoint(), call, String.valueOf(threads));
    }

    private double[][] take(WorkerJvm library, WorkerJvm bare, int calls) throws Exception {
        String order = String.valueOf(Turns.portionOf(calls));
        return Turns.take(() -> withConnections(library, order), () -> withConnections(bare, order));
    }

    /** Adds the number of new connections. */
    private double[] withConnections(WorkerJvm program, String order) throws IOException {
        cloud.counters();
        double[] cost = program.work(order);
        return new double[] {cost[SECONDS], cost[CPU_MICROS], cloud.counters().connections()};
    }

    private static int calls(int threads, Duration latency, int most) {
        return threads == 1 && !latency.isZero() ? FEW_CALLS : most;
    }
}
