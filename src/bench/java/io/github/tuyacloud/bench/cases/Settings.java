package io.github.tuyacloud.bench.cases;

import java.time.Duration;

/** What can be set from outside, as system properties. */
final class Settings {

    private Settings() {}

    /** How often each comparison is repeated. */
    static int rounds() {
        return Integer.getInteger("bench.rounds", 7);
    }

    /** How long the server waits before it answers, in the cases that are about waiting. */
    static Duration latency() {
        return Duration.ofMillis(Long.getLong("bench.latencyMillis", 50));
    }
}
