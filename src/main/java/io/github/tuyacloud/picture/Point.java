package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveValue;
import io.github.tuyacloud.model.DataPointSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value with its times: of a data point, the online state, or the name.
 *
 * @param value the value
 * @param time the device's time, if it was reported with a plausible time
 * @param asOf the cloud's time at which the message was published or the read started
 * @param origin the source of the value
 * @param readAt the start of the latest read with this value; null if there was none
 * @param messageSet the message set that reported the value; null if it was read
 */
record Point(
        @Nullable Object value,
        @Nullable Instant time,
        Instant asOf,
        LiveValue.Origin origin,
        @Nullable Instant readAt,
        Report.@Nullable MessageSet messageSet) {

    static Point read(@Nullable Object value, Instant readAt) {
        return new Point(value, null, readAt, LiveValue.Origin.READ, readAt, null);
    }

    static Point reported(Report report) {
        return new Point(
                report.value(), report.time(), report.asOf(), LiveValue.Origin.REPORTED, null, report.messageSet());
    }

    /** Returns the point after a read; null if it is unclear which value is newer. */
    static @Nullable Point afterRead(
            @Nullable Point current, @Nullable Object value, Instant startedAt, @Nullable DataPointSpec spec) {
        if (current != null && SameValue.same(current.value(), value, spec)) {
            return current.confirmedAt(startedAt);
        }
        return switch (Ordering.ofRead(current, startedAt)) {
            case APPLY -> read(value, startedAt);
            case DOUBT -> null;
            default -> current;
        };
    }

    /**
     * Like above, but keeps this point if it is unclear which value is newer. For online state and name, the next list
     * decides.
     */
    Point afterRead(@Nullable Object other, Instant startedAt) {
        Point read = afterRead(this, other, startedAt, null);
        return read == null ? this : read;
    }

    /** Returns this point after a read with the same value. */
    Point confirmedAt(Instant at) {
        return readAt != null && !at.isAfter(readAt) ? this : new Point(value, time, asOf, origin, at, messageSet);
    }

    /** Returns the latest time at which the cloud is known to have had the value. */
    Instant knownAt() {
        return readAt != null && readAt.isAfter(asOf) ? readAt : asOf;
    }

    /** Returns the time to show: the device's time if known, otherwise when the value was published or read. */
    Instant shownTime() {
        return time != null ? time : asOf;
    }
}
