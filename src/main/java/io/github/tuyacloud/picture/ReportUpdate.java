package io.github.tuyacloud.picture;

import io.github.tuyacloud.messages.DataPointChange;
import io.github.tuyacloud.messages.DataPointMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies a message that reports values. */
final class ReportUpdate extends SnapshotUpdate {

    private final DataPointMessage message;
    private final Instant now;

    ReportUpdate(DevicePicture device, DataPointMessage message) {
        super(device);
        this.message = message;
        this.now = device.context().time().now();
    }

    @Override
    Snapshot applyTo(Snapshot before) {
        Points.Editor points = before.points().edit();
        List<DataPointChange> reported = message.dataPoints();
        for (int i = 0; i < reported.size(); i++) {
            DataPointChange change = reported.get(i);
            String code = device().names().resolve(change.code(), change.dpId(), before::isListed);
            if (code != null) {
                renameDpId(points, code, change.dpId());
                report(points, code, context().reportOf(message, i, now, device().clockIsWrong()));
            }
        }
        return new Snapshot(before.device(), before.online(), before.name(), points.toPoints());
    }

    /** Renames a value that was stored under its DP id, because its code was unknown. */
    private static void renameDpId(Points.Editor points, String code, @Nullable Integer dpId) {
        if (dpId != null && !code.equals(dpId.toString())) {
            points.rename(dpId.toString(), code);
        }
    }

    private void report(Points.Editor points, String code, Report report) {
        context().expectedMessages().arrived(device().id(), code);
        Point current = points.get(code);
        switch (Ordering.ofReport(current, report)) {
            case APPLY -> {
                Point point = Point.reported(report);
                points.put(code, point);
                valueChanged(code, current, point, report.messageId());
                context().doubts().settled(device(), code);
                confirming(confirmation -> confirmation.reported(code, report, point));
            }
            case LATE -> {
                context().countLate();
                if (current != null && !SameValue.same(current.value(), report.value(), device().spec(code))) {
                    context().doubts().add(device(), code, Doubts.Doubt.ofReport(report.value()));
                }
            }
            default -> {
                // A duplicate from the other message set.
            }
        }
    }
}
