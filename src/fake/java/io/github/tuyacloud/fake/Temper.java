package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a fake device handles commands: immediately or late, faithfully or not, with or without a report of the change.
 *
 * <p>The cloud accepts a command before the device has carried it out, so commands to all of these devices succeed.
 * Start from {@link #obedient()} and add deviations, which can be combined:
 *
 * <pre>{@code
 * fake.device(DemoWorld.LAMP).setTemper(Temper.obedient()
 *         .clamping("bright_value_v2", 10, 500)
 *         .reportingAfter(Duration.ofSeconds(2)));
 * }</pre>
 *
 * <p>All times are measured by the fake cloud's clock. If the test supplies its own clock, call
 * {@link FakeTuyaCloud#runDue()} after moving it to be sure that all due changes and reports have happened.
 */
public final class Temper {
    private static final Temper OBEDIENT =
            new Temper(Duration.ZERO, Duration.ZERO, true, true, Map.of(), Duration.ZERO, true, 1);

    private record Bounds(long min, long max) {}

    private final Duration actingDelay;
    private final Duration reportingDelay;
    private final boolean acts;
    private final boolean reports;
    private final Map<String, Bounds> bounds;
    private final Duration clockOffset;
    private final boolean clockSet;
    private final int copies;

    private Temper(
            Duration actingDelay,
            Duration reportingDelay,
            boolean acts,
            boolean reports,
            Map<String, Bounds> bounds,
            Duration clockOffset,
            boolean clockSet,
            int copies) {
        this.actingDelay = actingDelay;
        this.reportingDelay = reportingDelay;
        this.acts = acts;
        this.reports = reports;
        this.bounds = bounds;
        this.clockOffset = clockOffset;
        this.clockSet = clockSet;
        this.copies = copies;
    }

    /**
     * Returns the temper of a new device, which carries out each command immediately and reports the new value.
     *
     * @return the default temper
     */
    public static Temper obedient() {
        return OBEDIENT;
    }

    /**
     * Returns a temper that carries out commands late, like a battery-powered device that must wake up first. The value
     * changes and is reported after the delay.
     *
     * @param delay the time between the cloud's response and the change
     * @return this temper with that delay
     */
    public Temper actingAfter(Duration delay) {
        return new Temper(notNegative(delay), reportingDelay, acts, reports, bounds, clockOffset, clockSet, copies);
    }

    /**
     * Returns a temper whose reports arrive late. The value changes and can be read immediately; reports with different
     * delays can overtake each other. A late report has the time of the change.
     *
     * @param delay the time between the change and its report
     * @return this temper with that delay
     */
    public Temper reportingAfter(Duration delay) {
        return new Temper(actingDelay, notNegative(delay), acts, reports, bounds, clockOffset, clockSet, copies);
    }

    /**
     * Returns a temper that clamps numbers to a range instead of refusing them, and keeps and reports the clamped
     * value.
     *
     * @param code the data point
     * @param min the smallest value that it accepts
     * @param max the largest value that it accepts
     * @return this temper with that limit
     */
    public Temper clamping(String code, long min, long max) {
        if (min > max) {
            throw new IllegalArgumentException("min must not be greater than max: " + min + ", " + max);
        }
        Map<String, Bounds> more = new LinkedHashMap<>(bounds);
        more.put(Objects.requireNonNull(code, "code"), new Bounds(min, max));
        return new Temper(
                actingDelay,
                reportingDelay,
                acts,
                reports,
                Collections.unmodifiableMap(more),
                clockOffset,
                clockSet,
                copies);
    }

    /**
     * Returns a temper that ignores commands. It reports the unchanged value, so that a switch in an app snaps back;
     * add {@link #reportingNothing()} for a device that stays silent.
     *
     * @return this temper, ignoring commands
     */
    public Temper ignoringCommands() {
        return new Temper(actingDelay, reportingDelay, false, reports, bounds, clockOffset, clockSet, copies);
    }

    /**
     * Returns a temper whose changes are never pushed, but can be read.
     *
     * @return this temper without reports
     */
    public Temper reportingNothing() {
        return new Temper(actingDelay, reportingDelay, acts, false, bounds, clockOffset, clockSet, copies);
    }

    /**
     * Returns a temper with a wrong clock. The times in its reports are off; the times that the cloud itself keeps are
     * correct.
     *
     * @param offset how far its clock is ahead; negative if it is behind
     * @return this temper with that clock
     */
    public Temper clockOff(Duration offset) {
        return new Temper(
                actingDelay,
                reportingDelay,
                acts,
                reports,
                bounds,
                Objects.requireNonNull(offset, "offset"),
                true,
                copies);
    }

    /**
     * Returns a temper whose clock was never set. The times in its reports are 0.
     *
     * @return this temper without a clock
     */
    public Temper clockUnset() {
        return new Temper(actingDelay, reportingDelay, acts, reports, bounds, Duration.ZERO, false, copies);
    }

    /**
     * Returns a temper whose reports are published twice, as two messages with the same content.
     *
     * @return this temper with two messages per report
     */
    public Temper reportingTwice() {
        return new Temper(actingDelay, reportingDelay, acts, reports, bounds, clockOffset, clockSet, 2);
    }

    Duration actingDelay() {
        return actingDelay;
    }

    Duration reportingDelay() {
        return reportingDelay;
    }

    boolean acts() {
        return acts;
    }

    /** Returns the number of messages for one report. */
    int messages() {
        return reports ? copies : 0;
    }

    /** Returns the value that the device has after a command to set the given one. */
    JsonNode held(String code, JsonNode value) {
        Bounds limit = bounds.get(code);
        if (limit == null || !value.isIntegralNumber()) {
            return value;
        }
        return Json.tree(Math.min(limit.max(), Math.max(limit.min(), value.longValue())));
    }

    /** Returns what the device's clock shows, in milliseconds; 0 if it was never set. */
    long deviceMillis(Instant now) {
        return clockSet ? now.plus(clockOffset).toEpochMilli() : 0;
    }

    private static Duration notNegative(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay must not be negative: " + delay);
        }
        return delay;
    }
}
