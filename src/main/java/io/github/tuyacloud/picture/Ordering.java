package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules for which of two values of the same data point is the newer one.
 *
 * <p>Reports compare by the device's time if both have one, else by publish time. A report and a read compare by the
 * report's time and the start of the read. A device list may lag behind the messages by an unknown time, so a value
 * that contradicts a recent report is in doubt and has to be read again later.
 */
final class Ordering {

    /** The maximum difference between the cloud's clocks. */
    static final Duration GRACE = Duration.ofSeconds(5);

    /** A list that lags is assumed to be up to date after this time. */
    static final Duration LIST_LAG = Duration.ofMinutes(1);

    private Ordering() {}

    /** The judgment of a new value. */
    enum Verdict {
        /** It is newer. */
        APPLY,
        /** The picture already has a newer one. */
        LATE,
        /** The picture already has the same report from the other message set. */
        DUPLICATE,
        /** It is unknown which one is newer. */
        DOUBT
    }

    /** Compares a report with the picture, which may have no value yet. */
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

    /** Compares a value that was read with a different one in the picture. */
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
        if (!current.heardAt().isBefore(startedAt)) {
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
