package io.github.tuyacloud.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock, timer and sleeper for tests: time passes only when a thread sleeps or a test advances it. */
public final class ManualTime extends Clock {

    /** The start: noon on March 1 of a leap year. */
    public static final Instant START = Instant.parse("2024-03-01T12:00:00Z");

    private final List<Duration> sleeps = new ArrayList<>();
    private Instant now;
    private long nanos;

    public ManualTime() {
        this(START);
    }

    public ManualTime(Instant start) {
        now = start;
    }

    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** Sets only the wall clock, as an administrator would. */
    public synchronized void setClock(Instant moment) {
        now = moment;
    }

    /** Advances the time instead of sleeping, and records the wait. */
    public synchronized void sleep(Duration wait) {
        sleeps.add(wait);
        advance(wait);
    }

    public synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    public synchronized long nanoTime() {
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
