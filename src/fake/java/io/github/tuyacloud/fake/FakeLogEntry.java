package io.github.tuyacloud.fake;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event in the log of a device.
 *
 * @param eventTime when it happened; the cloud keeps milliseconds
 * @param eventId its kind: 1 online, 2 offline, 7 report of a data point, and so on
 * @param code the data point, null for events that have none
 * @param value its value as text, null for events that have none
 * @param eventFrom who caused it: 1 the device, 2 an app, 3 another client, 4 the cloud, -1 unknown
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

    /** The device reported a value. */
    public static FakeLogEntry report(Instant eventTime, String code, Object value) {
        return new FakeLogEntry(eventTime, 7, code, String.valueOf(value), "1");
    }

    /** The device came online. */
    public static FakeLogEntry online(Instant eventTime) {
        return new FakeLogEntry(eventTime, 1, null, null, "1");
    }

    /** The device went offline. */
    public static FakeLogEntry offline(Instant eventTime) {
        return new FakeLogEntry(eventTime, 2, null, null, "1");
    }
}
