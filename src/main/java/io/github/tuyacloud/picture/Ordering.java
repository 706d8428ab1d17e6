package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules for which of two values of the same data point is the newer one.
 *
 * <p>Reports compare by the device's time where both have one, else by the time they were published. A report and a reading compare
 * by the report's time and the beginning of the reading. A device list may lag behind the messages, by how much is not known: what
 * contradicts a recent report is in doubt, and has to be read again later.
 */
final class Ordering {

    /** Clocks of the cloud may differ by as much. */
    static final Duration GRACE = Duration.ofSeconds(5);

    /** A list that lags is assumed to be up to date after this time. */
    static final Duration LIST_LAG = Duration.ofMinutes(1);

    private Ordering() {}

    /** What to do with a new value. */
    enum Verdict {
        /** It is the newer one. */
        APPLY,
        /** The picture has a newer one already. */
        LATE,
        /** The picture has the very same report already, from the other message set. */
        DUPLICATE,
        /** It is not known which one is newer. */
        DOUBT
    }

    /** Judges a report against what the picture shows; null if it shows nothing yet. */
    static Verdict ofReport(@Nullable Point current, Report report) {
        if (current == null) {
            return Verdict.APPLY;
        }
        Instant readAt = current.readAt();
        if (readAt != null && timeOf(report).isBefore(readAt.minus(GRACE))) {
            return Verdict.LATE;
        }
        if (current.origin() == LiveValue.Origin.READ) {
            return Verdict.APPLY;
        }
        if (isSameReport(current, report)) {
            return Verdict.DUPLICATE;
        }
        return isOlder(report, current) ? Verdict.LATE : Verdict.APPLY;
    }

    /** Judges a value that was read and differs from what the picture shows. */
    static Verdict ofReading(@Nullable Point current, Instant startedAt) {
        if (current == null) {
            return Verdict.APPLY;
        }
        Instant readAt = current.readAt();
        if (readAt != null && readAt.isAfter(startedAt)) {
            return Verdict.LATE;
        }
        if (current.origin() == LiveValue.Origin.READ) {
            return Verdict.APPLY;
        }
        if (!current.heardAt().isBefore(startedAt.minus(GRACE))) {
            return Verdict.LATE;
        }
        return current.heardAt().isBefore(startedAt.minus(LIST_LAG)) ? Verdict.APPLY : Verdict.DOUBT;
    }

    private static Instant timeOf(Report report) {
        return report.time() != null ? report.time() : report.heardAt();
    }

    private static boolean isOlder(Report report, Point current) {
        if (report.time() != null && current.time() != null && !report.time().equals(current.time())) {
            return report.time().isBefore(current.time());
        }
        return report.heardAt().isBefore(current.heardAt());
    }

    private static boolean isSameReport(Point current, Report report) {
        return report.time() != null
                && report.time().equals(current.time())
                && current.messageSet() != report.messageSet()
                && Objects.equals(report.value(), current.value());
    }
}
