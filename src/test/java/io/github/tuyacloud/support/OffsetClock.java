package io.github.tuyacloud.support;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that is off by a fixed number of seconds. */
public final class OffsetClock extends Clock {

    private final Clock right;
    private final long seconds;

    public OffsetClock(Clock right, long seconds) {
        this.right = right;
        this.seconds = seconds;
    }

    @Override
    public Instant instant() {
        return right.instant().plusSeconds(seconds);
    }

    @Override
    public ZoneId getZone() {
        return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new OffsetClock(right.withZone(zone), seconds);
    }
}
