package io.github.tuyacloud.bench.cases;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets programs that run at the same time work in turn, in short portions, so that other load on the machine affects
 * all of them equally, and compares them within each round.
 */
final class Turns {

    /** Few, because many threads are not all busy at the start and at the end of a portion. */
    private static final int PORTIONS = 4;

    private final List<double[][]> rounds = new ArrayList<>();

    /** A portion of work; returns what it cost, in several figures. */
    @FunctionalInterface
    interface Portion {
        double[] work() throws Exception;
    }

    /** Returns the amount of work for each portion. */
    static int portionOf(int work) {
        return Math.max(1, work / PORTIONS);
    }

    /** Takes turns and returns the sum of each figure for each program. */
    static double[][] take(Portion... programs) throws Exception {
        double[][] sums = new double[programs.length][];
        for (int portion = 0; portion < PORTIONS; portion++) {
            for (int i = 0; i < programs.length; i++) {
                int program = portion % 2 == 0 ? i : programs.length - 1 - i;
                sums[program] = sum(sums[program], programs[program].work());
            }
        }
        return sums;
    }

    private static double[] sum(double[] before, double[] figures) {
        double[] sum = figures.clone();
        for (int i = 0; before != null && i < sum.length; i++) {
            sum[i] += before[i];
        }
        return sum;
    }

    /** Adds the sums of a round. */
    void add(double[][] sums) {
        rounds.add(sums);
    }

    /** Returns the median of a figure of one program. */
    double median(int program, int figure) {
        return Rounds.Spread.of(rounds.stream()
                        .mapToDouble(sums -> sums[program][figure])
                        .toArray())
                .median();
    }

    /** Returns the ratio of a figure of two programs. */
    Rounds.Spread ratio(int program, int other, int figure) {
        return Rounds.Spread.of(rounds.stream()
                .mapToDouble(sums -> sums[program][figure] / sums[other][figure])
                .toArray());
    }
}
