package io.github.tuyacloud.bench.cases;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Measures several ways of doing the same work in turn, round after round, so that whatever else the machine does hits all
 * of them alike, and compares them round by round.
 */
final class Rounds {

    private final double[][] results;

    /** One measurement of one way. */
    @FunctionalInterface
    interface Measurement {
        double take() throws Exception;
    }

    /** What the rounds say: the middle, the least and the most. */
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

    /** Measures; each way once before it counts, and every other round in the opposite order. */
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

    /** The middle of what one way took. */
    double median(int way) {
        return Spread.of(results[way]).median();
    }

    /** One way against another. */
    Spread ratio(int way, int other) {
        return Spread.of(IntStream.range(0, results[way].length)
                .mapToDouble(round -> results[way][round] / results[other][round])
                .toArray());
    }
}
