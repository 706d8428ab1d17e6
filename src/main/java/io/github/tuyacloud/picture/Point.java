package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one value: a data point's, whether the device is online, or its name.
 *
 * @param value the value
 * @param time the device's time of it, if it was reported with one that can be trusted
 * @param heardAt the cloud's time at which the message was published, or at which reading began
 * @param origin where it came from
 * @param readAt the beginning of the latest reading that showed this value; null if none has
 * @param messageSet which of the two message sets reported it
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

    /** The same, once a reading has shown the same value. */
    Point seenAgain(Instant at) {
        return readAt != null && !at.isAfter(readAt) ? this : new Point(value, time, heardAt, origin, at, messageSet);
    }

    /** When it was so, for people: the device's time, else when it was read or published. */
    Instant shownTime() {
        return time != null ? time : heardAt;
    }
}
