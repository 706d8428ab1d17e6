package io.github.tuyacloud.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The cloud's time: the local clock, corrected after the cloud has rejected a request because of its time; safe for use
 * by multiple threads.
 */
public final class ServerClock {

    private final Clock clock;
    private final @Nullable ThreadLocal<@Nullable String> userCode;
    private volatile Duration offset = Duration.ZERO;

    /**
     * Creates a clock without a correction.
     *
     * @param clock the local clock
     */
    public ServerClock(Clock clock) {
        this(clock, new ThreadLocal<>());
    }

    /**
     * Like {@link #ServerClock(Clock)}, but records in {@code userCode} when the program's own clock is running, which
     * must not call the client.
     */
    public ServerClock(Clock clock, ThreadLocal<@Nullable String> userCode) {
        this.clock = clock;
        this.userCode = clock.getClass() == Clock.systemUTC().getClass() ? null : userCode;
    }

    /**
     * Returns the cloud's time.
     *
     * @return the local time plus the known offset
     */
    public Instant now() {
        return localNow().plus(offset);
    }

    Instant localNow() {
        if (userCode == null) {
            return clock.instant();
        }
        String outer = userCode.get();
        userCode.set("The clock " + clock.getClass().getName());
        try {
            return clock.instant();
        } finally {
            if (outer == null) {
                userCode.remove();
            } else {
                userCode.set(outer);
            }
        }
    }

    /** Sets the cloud's current time from a response. */
    void learn(Instant serverTime) {
        offset = Duration.between(localNow(), serverTime);
    }

    Duration offset() {
        return offset;
    }
}
