package io.github.tuyacloud.bench.cases;

import java.util.Locale;

/** Prints the results, one per line, with their targets. */
final class Report {

    /** The tolerance on a shared machine before a target counts as missed. */
    private static final double TOLERANCE = 0.05;

    private Report() {}

    static void title(String text) {
        System.out.printf("%n%s%n", text);
    }

    static void atMost(double limit, String what, Rounds.Spread ratio) {
        line(what, ratio.toString(), "at most " + limit, ratio.median() <= limit, ratio.median() <= limit + TOLERANCE);
    }

    static void atLeast(double limit, String what, Rounds.Spread ratio) {
        line(what, ratio.toString(), "at least " + limit, ratio.median() >= limit, ratio.median() >= limit - TOLERANCE);
    }

    static void atMost(long limit, String what, long count) {
        line(what, Long.toString(count), "at most " + limit, count <= limit, count <= limit);
    }

    static void note(String format, Object... values) {
        System.out.printf(Locale.ROOT, "  " + format + "%n", values);
    }

    private static void line(String what, String measured, String wanted, boolean met, boolean tolerated) {
        String verdict = met ? "ok" : tolerated ? "ok within tolerance" : "MISSED";
        System.out.printf("  %-58s %-26s %-14s %s%n", what, measured, wanted, verdict);
    }
}
