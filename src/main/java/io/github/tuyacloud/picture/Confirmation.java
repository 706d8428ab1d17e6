package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.CommandOutcome;
import io.github.tuyacloud.live.CommandOutcome.Result;
import io.github.tuyacloud.live.LiveValue;
import io.github.tuyacloud.model.AccessMode;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DataPointSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares commands with the reports and reads that follow; thread-safe. Registered before the commands are sent,
 * because a report may arrive before the response.
 */
final class Confirmation {

    private final List<Commanded> points;
    private Instant sentAt;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean aborted;

    private static final class Commanded {
        final Command command;
        final String code;
        final @Nullable DataPointSpec spec;
        final @Nullable Point before;

        @Nullable
        Result result;

        @Nullable
        Point shown;

        Commanded(Command command, String code, @Nullable DataPointSpec spec, @Nullable Point before) {
            this.command = command;
            this.code = code;
            this.spec = spec;
            this.before = before;
        }

        boolean fits(@Nullable Object value) {
            return SameValue.same(command.value(), value, spec);
        }

        boolean heldBefore() {
            return before != null && fits(before.value());
        }

        /** Returns whether the picture had another value, newer than the report, when the commands were sent. */
        boolean differedSince(Report report) {
            return before != null && !heldBefore() && report.asOf().isBefore(before.knownAt());
        }

        boolean canBeConfirmed() {
            return spec == null || spec.accessMode() != AccessMode.WRITE_ONLY;
        }
    }

    /**
     * Records the commanded values and the current values in the picture.
     *
     * @param commands the commands
     * @param sentAt the cloud's time now
     * @param device the device
     */
    Confirmation(List<Command> commands, Instant sentAt, DevicePicture device) {
        this.sentAt = sentAt;
        this.points = new ArrayList<>();
        Snapshot before = device.snapshot();
        for (Command command : commands) {
            String code = device.standardCode(command.code());
            points.add(new Commanded(
                    command, code, device.spec(command.code()), before.points().get(code)));
        }
    }

    /** Corrects the time of sending with the time in the cloud's response. */
    void sentAt(Instant moment) {
        lock.lock();
        try {
            sentAt = moment;
        } finally {
            lock.unlock();
        }
    }

    /** Settles values that the device already had, because it is unlikely to report them again. */
    void trustPicture() {
        lock.lock();
        try {
            for (Commanded commanded : points) {
                if (commanded.result == null && commanded.heldBefore()) {
                    commanded.result = Result.ALREADY_SO;
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Records a report that the picture has applied. A report may result from an earlier command: then a different
     * value proves nothing, and the commanded value proves something only if the device did not have it before.
     */
    void reported(String code, Report report, Point point) {
        if (report.repeated()) {
            return;
        }
        lock.lock();
        try {
            for (Commanded commanded : points) {
                if (commanded.code.equals(code)) {
                    applyReport(commanded, report, point);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void applyReport(Commanded commanded, Report report, Point point) {
        if (commanded.fits(report.value())) {
            boolean isOld = isBefore(report, sentAt.minus(Ordering.GRACE));
            if (!commanded.differedSince(report) && !(isOld && commanded.heldBefore())) {
                commanded.result = Result.CONFIRMED;
                commanded.shown = point;
            }
        } else if (!isBefore(report, sentAt) && !report.asOf().isBefore(sentAt)) {
            commanded.result = Result.OTHER_VALUE;
            commanded.shown = point;
        }
    }

    private static boolean isBefore(Report report, Instant moment) {
        return report.time() != null && report.time().isBefore(moment);
    }

    /** Records a value from a read; ignored if the read started before the commands were sent. */
    void read(String code, Point point) {
        lock.lock();
        try {
            if (point.asOf().isBefore(sentAt)) {
                return;
            }
            for (Commanded commanded : points) {
                if (commanded.code.equals(code) && commanded.result != Result.CONFIRMED) {
                    applyRead(commanded, point);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void applyRead(Commanded commanded, Point point) {
        commanded.shown = point;
        if (commanded.fits(point.value())) {
            commanded.result = commanded.heldBefore() ? Result.ALREADY_SO : Result.CONFIRMED;
        } else if (commanded.before != null
                && !SameValue.same(commanded.before.value(), point.value(), commanded.spec)) {
            commanded.result = Result.OTHER_VALUE;
        }
    }

    /** Waits until every command that can be confirmed is confirmed, or the time is up. */
    void await(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!isConfirmed() && !aborted && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait. */
    void abort() {
        lock.lock();
        try {
            aborted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a read could settle another command. */
    boolean isOpen() {
        lock.lock();
        try {
            return !aborted
                    && points.stream().anyMatch(commanded -> commanded.result == null && commanded.canBeConfirmed());
        } finally {
            lock.unlock();
        }
    }

    private boolean isConfirmed() {
        return points.stream()
                .filter(Commanded::canBeConfirmed)
                .allMatch(commanded -> commanded.result == Result.CONFIRMED || commanded.result == Result.ALREADY_SO);
    }

    /** Returns the current outcome of each command. */
    List<CommandOutcome.Point> outcome(BiFunction<String, Point, LiveValue> asLive) {
        lock.lock();
        try {
            return points.stream()
                    .map(commanded -> {
                        Point shown = commanded.shown == null ? commanded.before : commanded.shown;
                        return new CommandOutcome.Point(
                                commanded.command,
                                commanded.result == null ? Result.UNCONFIRMED : commanded.result,
                                shown == null ? null : asLive.apply(commanded.code, shown));
                    })
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
