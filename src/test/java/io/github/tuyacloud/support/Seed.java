package io.github.tuyacloud.support;

/** The seed of a random test, which is printed so that a failed run can be repeated. */
public final class Seed {

    private Seed() {}

    /** Returns {@code -Dseed=}, or a new seed. */
    public static long of(String what) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed of " + what + ": -Dseed=" + seed);
        return seed;
    }
}
