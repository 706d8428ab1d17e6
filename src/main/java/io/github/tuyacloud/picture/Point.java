package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveValue;
import io.github.tuyacloud.model.DataPointSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value and its times: of a data point, the online state, or the name.
 *
 * @param value the value
 * @param time the device's time, if it was reported with a plausible one
 * @param heardAt the cloud's time when the message was published, or when the read began
 * @param origin its source
 * @param readAt the start of the latest read with this value; null if there was none
 * @param messageSet the message set that reported it
 */
record Point(
        @Nullable Object value,
        @Nullable Instant time,
        Instant heardAt,
        LiveValue.Origin origin,
        @Nullable Instant readAt,
        Report.@Nullable MessageSet messageSet) {

    static Point read(@Nullable Object value, Instant readAt) {
        return new Point(value, null, readAt, LiveValue.Origin.READ, readAt, null);
    }

    static Point reported(Report report) {
        return new Point(
                report.value(), report.time(), report.heardAt(), LiveValue.Origin.REPORTED, null, report.messageSet());
    }

    /** Returns the point after a read; null if it is unknown which value is newer. */
    static @Nullable Point afterRead(
            @Nullable Point current, @Nullable Object value, Instant startedAt, @Nullable DataPointSpec spec) {
        if (current != null && SameValue.same(current.value(), value, spec)) {
            return current.seenAgain(startedAt);
        }
        return switch (Ordering.ofReading(current, startedAt)) {
            case APPLY -> read(value, startedAt);
            case DOUBT -> null;
            default -> current;
        };
    }

    /** Like above, but for online state and name, which a status does not contain: the next list settles them. */
    Point afterRead(@Nullable Object other, Instant startedAt) {
        Point read = afterRead(this, other, startedAt, null);
        return read == null ? this : read;
    }

    /** Returns a copy for a read with the same value. */
    Point seenAgain(Instant at) {
        return readAt != null && !at.isAfter(readAt) ? this : new Point(value, time, heardAt, origin, at, messageSet);
    }

    /** Returns the latest time at which the cloud is known to have had this value. */
    Instant knownAt() {
        return readAt != null && readAt.isAfter(heardAt) ? readAt : heardAt;
    }

    /** Returns the time for users: the device's time, else when it was read or published. */
    Instant shownTime() {
        return time != null ? time : heardAt;
    }
}
