package io.github.tuyacloud.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The cloud's time: the local clock, corrected after the cloud refused a request because of its time; safe for use by
 * multiple threads.
 */
public final class ServerClock {

    private final Clock clock;
    private volatile Duration offset = Duration.ZERO;

    /**
     * Creates a clock that trusts the local one.
     *
     * @param clock the local clock
     */
    public ServerClock(Clock clock) {
        this.clock = clock;
    }

    /**
     * Returns the cloud's time.
     *
     * @return the local time, corrected by the known offset
     */
    public Instant now() {
        return clock.instant().plus(offset);
    }

    Instant localNow() {
        return clock.instant();
    }

    /** Sets the cloud's current time, from an answer. */
    void learn(Instant serverTime) {
        offset = Duration.between(clock.instant(), serverTime);
    }

    Duration offset() {
        return offset;
    }
}
