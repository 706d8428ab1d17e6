package io.github.tuyacloud.bench.cases;

import java.time.Duration;

/** The settings, as system properties. */
final class Settings {

    private Settings() {}

    /** The number of rounds of each comparison. */
    static int rounds() {
        return Integer.getInteger("bench.rounds", 7);
    }

    /** The delay of each response, in the cases about latency. */
    static Duration latency() {
        return Duration.ofMillis(Long.getLong("bench.latencyMillis", 50));
    }
}
