package io.github.tuyacloud.bench.cases;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the JMH benchmarks repeatedly, so that the compared ones alternate, and prints the results.
 *
 * <p>The benchmarks are {@code SignerBenchmark}, {@code TokenBenchmark} and {@code DevicePageBenchmark}.
 */
public final class JmhCases {

    private final Map<String, double[]> scores = new HashMap<>();
    private final Map<String, String> units = new HashMap<>();

    /** Runs the benchmarks. */
    public void run() throws RunnerException {
        Report.title("JMH");
        int rounds = Settings.rounds();
        for (int round = 0; round < rounds; round++) {
            note(once(), round, rounds);
        }
        scores.keySet().stream()
                .sorted()
                .forEach(name -> Report.note("%-44s %s %s", name, Rounds.Spread.of(scores.get(name)), units.get(name)));
        Report.atMost(1.15, "signing a GET against bare HMAC", ratio("signGet", "bareGet"));
        Report.atMost(1.15, "signing a POST against bare SHA-256 and HMAC", ratio("signPost", "barePost"));
        Report.atMost(1.2, "reading a page of 100 devices against readTree", ratio("devices", "tree"));
    }

    private static Collection<RunResult> once() throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("(Signer|Token|DevicePage)Benchmark")
                        .forks(1)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    private void note(Collection<RunResult> results, int round, int rounds) {
        for (RunResult result : results) {
            String name = result.getPrimaryResult().getLabel();
            scores.computeIfAbsent(name, label -> new double[rounds])[round] =
                    result.getPrimaryResult().getStatistics().getPercentile(50);
            units.put(name, result.getPrimaryResult().getScoreUnit());
        }
    }

    private Rounds.Spread ratio(String way, String other) {
        double[] ratios = scores.get(way).clone();
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] /= scores.get(other)[round];
        }
        return Rounds.Spread.of(ratios);
    }
}
