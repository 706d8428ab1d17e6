package io.github.tuyacloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock, a monotonic timer and a sleeper in one, for tests: time passes only when somebody sleeps or moves it. */
final class ManualTime extends Clock {

    /** Where it starts: noon of a leap year's first of March. */
    static final Instant START = Instant.parse("2024-03-01T12:00:00Z");

    private final List<Duration> sleeps = new ArrayList<>();
    private Instant now = START;
    private long nanos;

    synchronized void advance(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** Sets the wall clock alone, as an administrator does. */
    synchronized void setClock(Instant moment) {
        now = moment;
    }

    /** Takes no time, and note of how long it should have been. */
    synchronized void sleep(Duration wait) {
        sleeps.add(wait);
        advance(wait);
    }

    synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("this clock knows UTC only");
    }
}
