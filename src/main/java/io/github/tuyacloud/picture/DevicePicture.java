package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.live.CommandOutcome;
import io.github.tuyacloud.live.ListenerRegistration;
import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.live.LiveChangeListener;
import io.github.tuyacloud.live.LiveDevice;
import io.github.tuyacloud.live.LiveValue;
import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.DeviceEvent;
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
import org.jspecify.annotations.Nullable;

/**
 * The picture of one device: applies {@link SnapshotUpdate}s one at a time and queues their changes. Readers see
 * immutable {@link Snapshot}s and never block.
 */
final class DevicePicture implements LiveDevice {

    private final String id;
    private final PictureContext context;
    private final PointNames names;
    private final ReentrantLock lock = new ReentrantLock();
    private final Outbox outbox;
    private final LateEvents lateEvents = new LateEvents();
    private final List<Confirmation> confirmations = new CopyOnWriteArrayList<>();
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

    PictureContext context() {
        return context;
    }

    PointNames names() {
        return names;
    }

    /** Guarded by the lock under which updates are applied. */
    LateEvents lateEvents() {
        return lateEvents;
    }

    /** Returns whether the times in the device's reports turned out to be wrong. */
    boolean clockIsWrong() {
        return clockIsWrong;
    }

    /** Returns the number of late reports that were outdated: some devices occasionally send old values. */
    int outdatedReports() {
        return outdatedReports;
    }

    String standardCode(String name) {
        return names.standard(name, snapshot.points()::contains);
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
        return apply(new ReadUpdate(this, listed, status, startedAt, code -> expectation, Set.of()));
    }

    /** Applies a status. */
    ChangeBatch read(DeviceStatus status, Instant startedAt, Expectation expectation) {
        return apply(new ReadUpdate(this, null, status, startedAt, code -> expectation, Set.of()));
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
        return apply(new ReadUpdate(
                this,
                null,
                status,
                startedAt,
                code -> doubts.containsKey(code) ? doubts.get(code).expectation() : Expectation.NONE,
                provedRight));
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

    /** Applies a message that reports values. */
    ChangeBatch report(DataPointMessage message) {
        return apply(new ReportUpdate(this, message));
    }

    /** Applies an event about the online state or the name. */
    ChangeBatch event(DeviceEvent event) {
        return apply(new EventUpdate(this, event));
    }

    /** Replaces the snapshot and queues the changes for delivery in the same order. */
    private ChangeBatch apply(SnapshotUpdate update) {
        lock.lock();
        try {
            snapshot = update.applyTo(snapshot);
            // After the snapshot is replaced: a caller that this wakes must see the change.
            update.confirm(confirmations);
            return outbox.add(update.changes());
        } finally {
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
