package io.github.tuyacloud.bench.cases;

import io.github.tuyacloud.bench.child.ChildJvm;
import io.github.tuyacloud.bench.child.ManyCalls;
import io.github.tuyacloud.bench.child.VirtualThreads;
import io.github.tuyacloud.bench.server.LocalCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Measures many threads on one client in separate processes: reads and commands, with low and high latency. */
public final class ThreadCases {

    private static final int WARM_UP_CALLS = 20_000;
    private static final int MEASURED_CALLS = 20_000;

    /** Fewer calls with high latency, which take much longer. */
    private static final int FEW_CALLS = 200;

    /** The seconds after which the JVM has compiled what the first calls have made hot. */
    private static final int PAUSE_SECONDS = 5;

    private static final int VIRTUAL_THREADS = 10_000;
    private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;

    private final LocalCloud cloud;

    /** What the processes of one way have cost, in order; the first one only warms up the server. */
    private static final class Costs {
        private final List<Double> cpu = new ArrayList<>();
        private final List<Double> afterPause = new ArrayList<>();
        private long connections;
    }

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
    public void runCommands() {
        Report.title("sendCommand in processes of their own, library against bare OkHttp");
        compare(0.91, "command", 1, Duration.ZERO);
        compare(0.91, "command", 32, Duration.ZERO);
        compare(0.95, "command", 1, Settings.latency());
    }

    private void compare(double wanted, String call, int threads, Duration latency) {
        cloud.latency(latency);
        Costs library = new Costs();
        Costs bare = new Costs();
        Rounds rounds = Rounds.of(
                Settings.rounds(),
                () -> callsPerSecond("library", call, threads, latency, library),
                () -> callsPerSecond("bare", call, threads, latency, bare));
        String what =
                "calls a second, %d thread%s, %d ms".formatted(threads, threads == 1 ? "" : "s", latency.toMillis());
        Report.atLeast(wanted, what, rounds.ratio(0, 1));
        Report.atLeast(wanted, "the same after a pause", ratio(library.afterPause, bare.afterPause));
        Report.note(
                "library %.0f a second, bare %.0f; after the pause %.0f and %.0f",
                rounds.median(0), rounds.median(1), middle(library.afterPause), middle(bare.afterPause));
        Report.note(
                "CPU a call %.0f and %.0f us (%s); most connections %d and %d",
                middle(library.cpu),
                middle(bare.cpu),
                ratio(library.cpu, bare.cpu),
                library.connections,
                bare.connections);
    }

    private double callsPerSecond(String way, String call, int threads, Duration latency, Costs costs)
            throws Exception {
        cloud.counters();
        String[] figures = ChildJvm.run(
                        cloud,
                        System.getProperty("java.class.path"),
                        List.of(),
                        ManyCalls.class,
                        way,
                        cloud.endpoint(),
                        call,
                        String.valueOf(threads),
                        String.valueOf(calls(threads, latency, WARM_UP_CALLS)),
                        String.valueOf(calls(threads, latency, MEASURED_CALLS)),
                        String.valueOf(PAUSE_SECONDS))
                .firstLine()
                .split(" ");
        costs.connections = Math.max(costs.connections, cloud.counters().connections());
        costs.cpu.add(Double.parseDouble(figures[1]));
        costs.afterPause.add(Double.parseDouble(figures[5]));
        if (!figures[4].equals("0")) {
            throw new IllegalStateException(figures[4] + " calls failed");
        }
        return Double.parseDouble(figures[0]);
    }

    private static int calls(int threads, Duration latency, int most) {
        return threads == 1 && !latency.isZero() ? FEW_CALLS : most;
    }

    private static Rounds.Spread ratio(List<Double> ones, List<Double> others) {
        return Rounds.Spread.of(IntStream.range(1, ones.size())
                .mapToDouble(i -> ones.get(i) / others.get(i))
                .toArray());
    }

    private static double middle(List<Double> values) {
        return Rounds.Spread.of(values.stream().skip(1).mapToDouble(d -> d).toArray())
                .median();
    }
}
