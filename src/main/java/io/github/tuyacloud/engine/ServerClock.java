package io.github.tuyacloud.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time as the cloud sees it: the local clock, put right by what the cloud says once it has refused a request for its
 * time; safe for use by many threads.
 */
public final class ServerClock {

    private final Clock clock;
    private volatile Duration offset = Duration.ZERO;

    /**
     * Starts by trusting the local clock.
     *
     * @param clock the local clock
     */
    public ServerClock(Clock clock) {
        this.clock = clock;
    }

    /**
     * Gives the time as the cloud sees it.
     *
     * @return the local time plus what the local clock is known to be off by
     */
    public Instant now() {
        return clock.instant().plus(offset);
    }

    Instant localNow() {
        return clock.instant();
    }

    /** Learns from an answer what the cloud's time is at this moment. */
    void learn(Instant serverTime) {
        offset = Duration.between(clock.instant(), serverTime);
    }

    Duration offset() {
        return offset;
    }
}
