package io.github.tuyacloud.bench.cases;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Measures alternatives in turn, round after round, so that other load on the machine affects all of them equally,
 * and compares them within each round.
 */
final class Rounds {

    private final double[][] results;

    /** One measurement of one alternative. */
    @FunctionalInterface
    interface Measurement {
        double take() throws Exception;
    }

    /** The results of all rounds: median, minimum and maximum. */
    record Spread(double median, double least, double most) {

        static Spread of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.3f [%.3f .. %.3f]", median, least, most);
        }
    }

    private Rounds(double[][] results) {
        this.results = results;
    }

    /** Measures all rounds, after one warm-up of each alternative; every other round is in reverse order. */
    static Rounds of(int rounds, Measurement... ways) {
        try {
            double[][] results = new double[ways.length][rounds];
            for (Measurement way : ways) {
                way.take();
            }
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < ways.length; i++) {
                    int way = round % 2 == 0 ? i : ways.length - 1 - i;
                    results[way][round] = ways[way].take();
                }
            }
            return new Rounds(results);
        } catch (Exception e) {
            throw new IllegalStateException("a benchmark failed", e);
        }
    }

    /** Returns the median of one alternative. */
    double median(int way) {
        return Spread.of(results[way]).median();
    }

    /** Returns the ratio of two alternatives. */
    Spread ratio(int way, int other) {
        return Spread.of(IntStream.range(0, results[way].length)
                .mapToDouble(round -> results[way][round] / results[other][round])
                .toArray());
    }
}
