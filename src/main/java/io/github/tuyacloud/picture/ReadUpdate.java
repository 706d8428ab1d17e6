package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.live.LiveValue;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Applies an item of a device list, or a status. */
final class ReadUpdate extends SnapshotUpdate {

    private final @Nullable Device listed;
    private final @Nullable DeviceStatus status;
    private final Instant startedAt;
    private final Function<String, Expectation> expectations;
    private final Set<String> provedRight;

    /**
     * Creates an update.
     *
     * @param listed the item of the list, without values; null for a status alone
     * @param status the values; null if the list does not contain them
     * @param startedAt the cloud's time at the start of the read
     * @param expectations whether messages should have reported a change, by code
     * @param provedRight the codes whose values in doubt this status has settled: the picture was wrong
     */
    ReadUpdate(
            DevicePicture device,
            @Nullable Device listed,
            @Nullable DeviceStatus status,
            Instant startedAt,
            Function<String, Expectation> expectations,
            Set<String> provedRight) {
        super(device);
        this.listed = listed;
        this.status = status;
        this.startedAt = startedAt;
        this.expectations = expectations;
        this.provedRight = provedRight;
    }

    @Override
    Snapshot applyTo(Snapshot before) {
        Snapshot read = listed == null ? before : withItem(before, listed);
        return status == null
                ? read
                : new Snapshot(read.device(), read.online(), read.name(), withValues(before.points(), status));
    }

    private Snapshot withItem(Snapshot before, Device item) {
        boolean wasReported = device().lateEvents().settle(before.isOnline(), item.online());
        Point online = before.online().afterRead(item.online(), startedAt);
        Point name = item.name() == null ? before.name() : before.name().afterRead(item.name(), startedAt);
        if (online != before.online() && before.isOnline() != item.online()) {
            changed(new LiveChange.OnlineUpdate(device(), item.online(), startedAt, null));
            if (!wasReported) {
                missing("online");
            }
        }
        if (item.name() != null && name != before.name() && !item.name().equals(before.nameText())) {
            changed(new LiveChange.Renamed(device(), before.nameText(), item.name(), null));
        }
        return new Snapshot(item, online, name, before.points());
    }

    private Points withValues(Points before, DeviceStatus values) {
        Points.Editor points = before.edit();
        for (DataPoint read : values.dataPoints()) {
            if (read.code() != null) {
                String code = device().standardCode(read.code());
                value(points, before.get(code), code, read.value());
            }
        }
        return points.toPoints();
    }

    private void value(Points.Editor points, @Nullable Point current, String code, @Nullable Object value) {
        Point asRead = Point.read(value, startedAt);
        confirming(confirmation -> confirmation.read(code, asRead));
        Point point =
                provedRight.contains(code) ? asRead : Point.afterRead(current, value, startedAt, device().spec(code));
        if (point == null) {
            context().doubts().add(device(), code, Doubts.Doubt.ofRead(value, expectations.apply(code)));
            return;
        }
        points.put(code, point);
        if (current == null || point.origin() == LiveValue.Origin.READ && point.value() != current.value()) {
            valueChanged(code, current, point, null);
            if (!context().doubts().settled(device(), code)) {
                missing(code);
            }
        }
    }

    /** Records that a message should have reported a change. */
    private void missing(String code) {
        expectations.apply(code).changed(context().expectedMessages(), device().id(), code);
    }
}
