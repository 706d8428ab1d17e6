package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Determines which of two values of the same data point is newer.
 *
 * <p>Two reports are compared by the device's time if both have one, otherwise by publish time. A report and a read are
 * compared by the report's time and the start of the read. A device list may lag behind messages by an unknown time;
 * therefore, a listed value that contradicts a recent report is in doubt and must be read again later.
 */
final class Ordering {

    /** The maximum difference between clocks in the cloud. */
    static final Duration GRACE = Duration.ofSeconds(5);

    /** The assumed maximum lag of a device list. */
    static final Duration LIST_LAG = Duration.ofMinutes(1);

    private Ordering() {}

    /** The decision on a new value. */
    enum Decision {
        /** It is newer. */
        APPLY,
        /** The picture has a newer one. */
        LATE,
        /** The picture has the same report from the other message set. */
        DUPLICATE,
        /** It is unknown which one is newer. */
        DOUBT
    }

    /** Compares a report with the value in the picture, if there is one. */
    static Decision ofReport(@Nullable Point current, Report report) {
        if (current == null) {
            return Decision.APPLY;
        }
        Instant readAt = current.readAt();
        if (readAt != null && timeOf(report).isBefore(readAt.minus(GRACE))) {
            return Decision.LATE;
        }
        if (current.origin() == LiveValue.Origin.READ) {
            return Decision.APPLY;
        }
        if (isSameReport(current, report)) {
            return Decision.DUPLICATE;
        }
        return isOlder(report, current) ? Decision.LATE : Decision.APPLY;
    }

    /** Compares a value that was read with a different value in the picture. */
    static Decision ofRead(@Nullable Point current, Instant startedAt) {
        if (current == null) {
            return Decision.APPLY;
        }
        Instant readAt = current.readAt();
        if (readAt != null && readAt.isAfter(startedAt)) {
            return Decision.LATE;
        }
        if (current.origin() == LiveValue.Origin.READ) {
            return Decision.APPLY;
        }
        if (!current.asOf().isBefore(startedAt)) {
            return Decision.LATE;
        }
        return current.asOf().isBefore(startedAt.minus(LIST_LAG)) ? Decision.APPLY : Decision.DOUBT;
    }

    private static Instant timeOf(Report report) {
        return report.time() != null ? report.time() : report.asOf();
    }

    private static boolean isOlder(Report report, Point current) {
        if (report.time() != null && current.time() != null && !report.time().equals(current.time())) {
            return report.time().isBefore(current.time());
        }
        return report.asOf().isBefore(current.asOf());
    }

    private static boolean isSameReport(Point current, Report report) {
        return report.time() != null
                && report.time().equals(current.time())
                && current.messageSet() != report.messageSet()
                && Objects.equals(report.value(), current.value());
    }
}
