package io.github.tuyacloud.fake;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event in the log of a device.
 *
 * @param eventTime the time of the event; the cloud keeps milliseconds
 * @param eventId its kind: 1 online, 2 offline, 7 report of a data point, and so on
 * @param code the data point; null for an event without one
 * @param value the value as text; null for an event without one
 * @param eventFrom the cause: 1 the device, 2 an app, 3 another client, 4 the cloud, -1 unknown
 */
public record FakeLogEntry(
        Instant eventTime,
        int eventId,
        @Nullable String code,
        @Nullable String value,
        String eventFrom) {
    public FakeLogEntry {
        Objects.requireNonNull(eventTime, "eventTime");
        Objects.requireNonNull(eventFrom, "eventFrom");
    }

    /**
     * Returns the report of a value.
     *
     * @param eventTime the time of the report
     * @param code the data point
     * @param value the value, which is logged as text
     * @return an event of kind 7
     */
    public static FakeLogEntry report(Instant eventTime, String code, Object value) {
        return new FakeLogEntry(eventTime, 7, code, String.valueOf(value), "1");
    }

    /**
     * Returns the event of a device that came online.
     *
     * @param eventTime the time
     * @return an event of kind 1
     */
    public static FakeLogEntry online(Instant eventTime) {
        return new FakeLogEntry(eventTime, 1, null, null, "1");
    }

    /**
     * Returns the event of a device that went offline.
     *
     * @param eventTime the time
     * @return an event of kind 2
     */
    public static FakeLogEntry offline(Instant eventTime) {
        return new FakeLogEntry(eventTime, 2, null, null, "1");
    }
}
