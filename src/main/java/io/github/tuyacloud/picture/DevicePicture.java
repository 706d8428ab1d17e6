package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.live.CommandOutcome;
import io.github.tuyacloud.live.ListenerRegistration;
import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.live.LiveChangeListener;
import io.github.tuyacloud.live.LiveDevice;
import io.github.tuyacloud.live.LiveValue;
import io.github.tuyacloud.messages.DataPointChange;
import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.DeviceEventType;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.model.DpMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The picture of one device: applies reports and reads according to {@link Ordering}, and computes the changes. Readers
 * see immutable {@link Snapshot}s and never block.
 */
final class DevicePicture implements LiveDevice {

    private final String id;
    private final PictureContext context;
    private final PointNames names;
    private final ReentrantLock lock = new ReentrantLock();
    private final Outbox outbox;
    private final LateEvents lateEvents = new LateEvents();
    private final List<Confirmation> confirmations = new CopyOnWriteArrayList<>();
    private final List<Runnable> afterChange = new ArrayList<>();
    private volatile Snapshot snapshot;
    private volatile boolean clockIsWrong;
    private volatile int outdatedReports;

    /**
     * Creates the picture from an item of a device list.
     *
     * @param listed the device, without values
     * @param status its values; null if the list does not contain them
     * @param readAt the cloud's time at the start of the read
     */
    DevicePicture(
            Device listed, @Nullable DeviceStatus status, Instant readAt, PictureContext context, PointNames names) {
        this.id = listed.id();
        this.context = context;
        this.names = names;
        this.outbox = new Outbox(context.listeners());
        this.snapshot = new Snapshot(
                listed,
                Point.read(listed.online(), readAt),
                Point.read(listed.name(), readAt),
                status == null ? Points.NONE : firstPoints(status, readAt));
    }

    /** Restarts a device that was removed, from an item of a device list; no change is delivered. */
    void restart(Device listed, @Nullable DeviceStatus status, Instant readAt) {
        lock.lock();
        try {
            snapshot = new Snapshot(
                    listed,
                    Point.read(listed.online(), readAt),
                    Point.read(listed.name(), readAt),
                    status == null ? Points.NONE : firstPoints(status, readAt));
        } finally {
            lock.unlock();
        }
    }

    /** Sets the values of a device whose list does not contain them; no change is delivered. */
    void fill(DeviceStatus status, Instant readAt) {
        Snapshot now = snapshot;
        snapshot = new Snapshot(now.device(), now.online(), now.name(), firstPoints(status, readAt));
    }

    private Points firstPoints(DeviceStatus status, Instant readAt) {
        Map<String, Point> points = new LinkedHashMap<>();
        for (DataPoint read : status.dataPoints()) {
            if (read.code() != null) {
                points.put(names.standard(read.code(), code -> false), Point.read(read.value(), readAt));
            }
        }
        return Points.of(points);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public @Nullable String name() {
        return snapshot.nameText();
    }

    @Override
    public Device device() {
        Snapshot now = snapshot;
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(now.device().asMap());
        fields.put("name", now.name().value());
        fields.put("online", now.isOnline());
        fields.computeIfPresent("mapping", (name, json) -> now.device().mapping());
        return Device.fromMap(fields);
    }

    @Override
    public boolean online() {
        return snapshot.isOnline();
    }

    @Override
    public DeviceStatus status() {
        List<DataPoint> points = new ArrayList<>();
        snapshot.points().forEach((code, point) -> points.add(new DataPoint(code, point.value())));
        return new DeviceStatus(points);
    }

    @Override
    public Optional<LiveValue> value(String code) {
        Snapshot now = snapshot;
        String standard = names.standard(Objects.requireNonNull(code, "code"), now.points()::contains);
        Point point = now.points().get(standard);
        return point == null ? Optional.empty() : Optional.of(live(standard, point));
    }

    @Override
    public ListenerRegistration onChange(LiveChangeListener listener) {
        return context.listeners().add(Objects.requireNonNull(listener, "listener"), this);
    }

    @Override
    public CommandOutcome send(Duration timeout, Command... commands) {
        return context.sender().send(this, timeout, List.of(commands));
    }

    @Override
    public String toString() {
        return LogSafe.line("LiveDevice[id={}, name={}, online={}]", id, name(), online());
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** Returns the number of late reports that were outdated: some devices occasionally send old values. */
    int outdatedReports() {
        return outdatedReports;
    }

    String standardCode(String word) {
        return names.standard(word, snapshot.points()::contains);
    }

    @Nullable
    DataPointSpec spec(String code) {
        DpMapping mapping = mapping();
        return mapping == null ? null : mapping.find(code).orElse(null);
    }

    LiveValue live(String code, Point point) {
        return new LiveValue(code, point.value(), point.shownTime(), point.origin(), mapping());
    }

    void add(Confirmation confirmation) {
        confirmations.add(confirmation);
    }

    void remove(Confirmation confirmation) {
        confirmations.remove(confirmation);
    }

    void abortConfirmations() {
        confirmations.forEach(Confirmation::abort);
    }

    private @Nullable DpMapping mapping() {
        Map<String, DpMapping> mappings = context.mappings();
        String product = mappings.isEmpty() ? null : snapshot.device().productId();
        return product == null ? null : mappings.get(product);
    }

    /**
     * Applies an item of a device list.
     *
     * @param listed the device, without values
     * @param status its values; null if the list does not contain them
     * @param startedAt the cloud's time at the start of the read
     * @param expectation whether messages should have reported the changes
     */
    ChangeBatch read(Device listed, @Nullable DeviceStatus status, Instant startedAt, Expectation expectation) {
        List<LiveChange> changes = new ArrayList<>();
        return change(changes, before -> {
            boolean wasReported = lateEvents.settle(before.isOnline(), listed.online());
            Point online = before.online().afterRead(listed.online(), startedAt);
            Point name = listed.name() == null ? before.name() : before.name().afterRead(listed.name(), startedAt);
            if (online != before.online() && before.isOnline() != listed.online()) {
                changes.add(new LiveChange.OnlineUpdate(this, listed.online(), startedAt, null));
                if (!wasReported) {
                    expectation.changed(context.expectedMessages(), id, "online");
                }
            }
            if (listed.name() != null && name != before.name() && !listed.name().equals(before.nameText())) {
                changes.add(new LiveChange.Renamed(this, before.nameText(), listed.name(), null));
            }
            Points points = status == null
                    ? before.points()
                    : readAll(before.points(), status, startedAt, code -> expectation, Set.of(), changes);
            return new Snapshot(listed, online, name, points);
        });
    }

    /** Applies a status. */
    ChangeBatch read(DeviceStatus status, Instant startedAt, Expectation expectation) {
        List<LiveChange> changes = new ArrayList<>();
        return change(
                changes,
                before -> new Snapshot(
                        before.device(),
                        before.online(),
                        before.name(),
                        readAll(before.points(), status, startedAt, code -> expectation, Set.of(), changes)));
    }

    /** Settles the values in doubt with a status. */
    ChangeBatch settle(Map<String, Doubts.Doubt> doubts, DeviceStatus status, Instant startedAt) {
        Set<String> provedRight = new HashSet<>();
        boolean provedLate = false;
        for (Map.Entry<String, Doubts.Doubt> doubt : doubts.entrySet()) {
            String code = doubt.getKey();
            Object read = valueIn(status, code);
            Point current = snapshot.points().get(code);
            context.doubts().settled(this, code);
            if (!doubt.getValue().isReport() || read == null || current == null) {
                continue;
            }
            boolean pictureIsRight = SameValue.same(read, current.value(), spec(code));
            provedLate |= pictureIsRight;
            if (!pictureIsRight && SameValue.same(read, doubt.getValue().value(), spec(code))) {
                provedRight.add(code);
            }
        }
        if (!provedRight.isEmpty()) {
            // From now on, the device's reports are ordered by publish time.
            clockIsWrong = true;
        }
        if (provedLate) {
            outdatedReports++;
        }
        List<LiveChange> changes = new ArrayList<>();
        return change(
                changes,
                before -> new Snapshot(
                        before.device(),
                        before.online(),
                        before.name(),
                        readAll(
                                before.points(),
                                status,
                                startedAt,
                                code -> doubts.containsKey(code)
                                        ? doubts.get(code).expectation()
                                        : Expectation.NONE,
                                provedRight,
                                changes)));
    }

    private @Nullable Object valueIn(DeviceStatus status, String code) {
        return status.dataPoints().stream()
                .filter(point ->
                        point.code() != null && standardCode(point.code()).equals(code))
                .map(DataPoint::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Points readAll(
            Points before,
            DeviceStatus status,
            Instant startedAt,
            Function<String, Expectation> expectations,
            Set<String> provedRight,
            List<LiveChange> changes) {
        Points.Editor points = before.edit();
        for (DataPoint read : status.dataPoints()) {
            if (read.code() == null) {
                continue;
            }
            String code = names.standard(read.code(), before::contains);
            Point current = before.get(code);
            Point point = provedRight.contains(code)
                    ? Point.read(read.value(), startedAt)
                    : Point.afterRead(current, read.value(), startedAt, spec(code));
            Point asRead = Point.read(read.value(), startedAt);
            confirmations.forEach(confirmation -> afterChange.add(() -> confirmation.read(code, asRead)));
            if (point == null) {
                context.doubts().add(this, code, Doubts.Doubt.ofRead(read.value(), expectations.apply(code)));
                continue;
            }
            points.put(code, point);
            if (current == null || point.origin() == LiveValue.Origin.READ && point.value() != current.value()) {
                changes.add(new LiveChange.ValueUpdate(
                        this, current == null ? null : live(code, current), live(code, point), null));
                if (!context.doubts().settled(this, code)) {
                    expectations.apply(code).changed(context.expectedMessages(), id, code);
                }
            }
        }
        return points.toPoints();
    }

    /** Applies a message that reports values. */
    ChangeBatch report(DataPointMessage message) {
        List<LiveChange> changes = new ArrayList<>();
        Instant now = context.time().now();
        return change(changes, before -> {
            Points.Editor points = before.points().edit();
            List<DataPointChange> reported = message.dataPoints();
            for (int i = 0; i < reported.size(); i++) {
                DataPointChange each = reported.get(i);
                String code = names.resolve(each.code(), each.dpId(), before::isListed);
                if (code != null) {
                    renameDpId(points, code, each.dpId());
                    Report report = context.reportOf(message, i, now, clockIsWrong);
                    report(points, code, report, changes);
                }
            }
            return new Snapshot(before.device(), before.online(), before.name(), points.toPoints());
        });
    }

    /** Renames a value that was stored under its DP id, because its code was unknown. */
    private static void renameDpId(Points.Editor points, String code, @Nullable Integer dpId) {
        if (dpId != null && !code.equals(dpId.toString())) {
            points.rename(dpId.toString(), code);
        }
    }

    private void report(Points.Editor points, String code, Report report, List<LiveChange> changes) {
        context.expectedMessages().arrived(id, code);
        Point current = points.get(code);
        switch (Ordering.ofReport(current, report)) {
            case APPLY -> {
                Point point = Point.reported(report);
                points.put(code, point);
                changes.add(new LiveChange.ValueUpdate(
                        this, current == null ? null : live(code, current), live(code, point), report.messageId()));
                context.doubts().settled(this, code);
                confirmations.forEach(
                        confirmation -> afterChange.add(() -> confirmation.reported(code, report, point)));
            }
            case LATE -> {
                context.countLate();
                if (current != null && !SameValue.same(current.value(), report.value(), spec(code))) {
                    context.doubts().add(this, code, Doubts.Doubt.ofReport(report.value()));
                }
            }
            default -> {
                // A duplicate from the other message set.
            }
        }
    }

    /** Applies an event about the online state or the name. */
    ChangeBatch event(DeviceEvent event) {
        List<LiveChange> changes = new ArrayList<>();
        return change(changes, before -> {
            if (event.type() == DeviceEventType.ONLINE || event.type() == DeviceEventType.OFFLINE) {
                return online(before, event, changes);
            }
            String name = event.type() == DeviceEventType.NAME_UPDATE
                    ? JsonValues.text(event.bizData().get("name"))
                    : null;
            return name == null ? before : renamed(before, event, name, changes);
        });
    }

    private Snapshot online(Snapshot before, DeviceEvent event, List<LiveChange> changes) {
        boolean online = event.type() == DeviceEventType.ONLINE;
        Report report = context.reportOf(event, online, lateEvents.timesAreWrong());
        context.expectedMessages().arrived(id, "online");
        switch (Ordering.ofReport(before.online(), report)) {
            case APPLY -> {
                if (before.isOnline() != online) {
                    changes.add(new LiveChange.OnlineUpdate(this, online, report.time(), report.messageId()));
                }
                return new Snapshot(before.device(), Point.reported(report), before.name(), before.points());
            }
            case LATE -> {
                context.countLate();
                if (before.isOnline() != online) {
                    lateEvents.add(online);
                    context.wantReading(
                            "a message about a device's online state arrived late", lateEvents.outdatedCount());
                }
                return before;
            }
            default -> {
                return before;
            }
        }
    }

    private Snapshot renamed(Snapshot before, DeviceEvent event, String name, List<LiveChange> changes) {
        Report report = context.reportOf(event, name, lateEvents.timesAreWrong());
        Ordering.Verdict verdict = Ordering.ofReport(before.name(), report);
        if (verdict == Ordering.Verdict.LATE && !name.equals(before.nameText())) {
            context.wantReading("a message about a device's name arrived late", 0);
        }
        if (verdict != Ordering.Verdict.APPLY) {
            return before;
        }
        if (!name.equals(before.nameText())) {
            changes.add(new LiveChange.Renamed(this, before.nameText(), name, report.messageId()));
        }
        return new Snapshot(before.device(), before.online(), Point.reported(report), before.points());
    }

    /** Replaces the snapshot and queues the changes for delivery in the same order. */
    private ChangeBatch change(List<LiveChange> changes, UnaryOperator<Snapshot> by) {
        lock.lock();
        try {
            snapshot = by.apply(snapshot);
            // After the snapshot is replaced: a caller that these wake must see the change.
            afterChange.forEach(Runnable::run);
            return outbox.add(changes);
        } finally {
            afterChange.clear();
            lock.unlock();
        }
    }

    /** Queues a change that does not affect the snapshot. */
    ChangeBatch announce(LiveChange change) {
        lock.lock();
        try {
            return outbox.add(List.of(change));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Delivers the queued batches in order, including this one. Waits if another thread is delivering.
     *
     * @return false if this batch must be redelivered to a listener
     */
    boolean deliver(ChangeBatch own) {
        return outbox.deliver(own);
    }

    /** Delivers the changes found by a read. */
    void deliverReadChanges() {
        context.readDelivery().run(this::deliverWaiting);
    }

    /** Delivers the queued batches, unless another thread is delivering them. */
    void deliverWaiting() {
        outbox.deliverWaiting();
    }
}
