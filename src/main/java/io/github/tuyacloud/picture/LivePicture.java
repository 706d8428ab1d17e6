package io.github.tuyacloud.picture;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.live.Freshness;
import io.github.tuyacloud.live.ListenerRegistration;
import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.live.LiveChangeListener;
import io.github.tuyacloud.live.LiveCounters;
import io.github.tuyacloud.live.LiveDevice;
import io.github.tuyacloud.live.LiveDevices;
import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.DeviceEventType;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionState;
import io.github.tuyacloud.operation.BatchStatus;
import io.github.tuyacloud.operation.DeviceReadings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A living picture: creates and connects its parts, passes messages to devices, and closes everything; thread-safe. */
final class LivePicture implements LiveDevices {

    /** The handshake's status while another connection holds the subscription exclusively. */
    private static final int CONFLICT = 409;

    /** By this time, the message service has noticed that this program's previous connection was lost. */
    private static final Duration MAX_GHOST_LIFETIME = Duration.ofMinutes(3);

    private static final Duration MAX_WAIT = Duration.ofDays(36_500);
    private static final long POLL_NANOS = 20_000_000;

    private final Pictures.Tools tools;
    private final LiveOptions options;
    private final Consumer<LivePicture> onClose;
    private final ServerTime time;
    private final Listeners listeners = new Listeners();
    private final ReadDelivery readDelivery;
    private final PictureContext context;
    private final DeviceRegistry registry = new DeviceRegistry();
    private final SeenMessages seen = new SeenMessages();
    private final UnlistedDevices unlisted;
    private final CallAllowance calls;
    private final LongAdder messages = new LongAdder();
    private final CountDownLatch seeded = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Sender sender;
    private final ConnectionMonitor monitor;
    private final PictureSynchronizer synchronizer;
    private final FreshnessEvaluator evaluator;
    private volatile @Nullable MessageSubscription subscription;
    private volatile boolean closed;

    LivePicture(Pictures.Tools tools, LiveOptions options, Consumer<LivePicture> onClose) {
        this.tools = tools;
        this.options = options;
        this.onClose = onClose;
        this.time = new ServerTime(tools.clock(), tools.nanoTime());
        this.calls = new CallAllowance(time, options.maxCallsPerDay());
        this.unlisted = new UnlistedDevices(time);
        this.readDelivery = new ReadDelivery(time, options.messages().executor(), this::wakeSynchronizer);
        this.sender =
                new Sender(tools.pipeline(), time, calls, () -> freshness().isLive());
        this.context =
                new PictureContext(time, listeners, readDelivery, sender, this::scheduleRead, this::wakeSynchronizer);
        options.mappings().forEach(context::addMapping);
        options.listeners().forEach(listener -> listeners.add(listener, null));
        this.monitor = new ConnectionMonitor(time, options.messages().connectionListener(), this::connected);
        PictureReader reader = new PictureReader(
                new DeviceReadings(tools.pipeline(), tools.apiDeviceIds(), tools.nanoTime(), tools.maxListSize()),
                new BatchStatus(tools.pipeline(), tools.workers()),
                tools.mappings(),
                context,
                registry,
                unlisted,
                calls,
                options);
        this.synchronizer = new PictureSynchronizer(
                context, reader, monitor, calls, options, tools.maxSilence(), seeded::countDown);
        this.evaluator = new FreshnessEvaluator(
                tools.clock(), context, synchronizer, monitor, calls, options, this::refusal, this::lastRefusal);
    }

    void begin() {
        if (options.every() == null) {
            subscription = tools.subscriber()
                    .subscribe(
                            this::handle,
                            options.messages().toBuilder()
                                    .connectionListener(monitor)
                                    .build());
        }
        synchronizer.begin();
    }

    private void handle(LiveMessage message) throws Exception {
        monitor.begin();
        try {
            seeded.await();
            if (closed) {
                throw new IllegalStateException("The picture is closed");
            }
            String id = message.header().messageId();
            if (seen.begin(id)) {
                applyNew(id, message);
            } else {
                redeliver(id);
            }
        } finally {
            monitor.end(message);
        }
    }

    private void applyNew(String id, LiveMessage message) throws ListenerFailedException {
        try {
            monitor.published(message.header().publishTime());
            apply(message);
        } catch (RuntimeException | Error e) {
            seen.forget(id); // it will be redelivered
            throw e;
        } finally {
            messages.increment();
        }
    }

    private void apply(LiveMessage message) throws ListenerFailedException {
        DevicePicture device = registry.find(message.deviceId());
        if (device == null) {
            noteUnknown(message);
        } else if (message instanceof DataPointMessage report) {
            deliver(message.header().messageId(), device, device.report(report));
        } else if (message instanceof DeviceEvent event && event.type() == DeviceEventType.DELETE) {
            remove(device, event);
        } else if (message instanceof DeviceEvent event) {
            deliver(message.header().messageId(), device, device.event(event));
        }
    }

    private void redeliver(String messageId) throws ListenerFailedException {
        SeenMessages.Pending pending = seen.take(messageId);
        if (pending != null) {
            deliver(messageId, pending.device(), pending.batch());
        }
    }

    private void deliver(String messageId, DevicePicture device, ChangeBatch batch) throws ListenerFailedException {
        if (!device.deliver(batch)) {
            seen.keep(messageId, new SeenMessages.Pending(device, batch));
            throw new ListenerFailedException(batch.failure());
        }
    }

    /** Removes a device, unless the event is old: the device may have been added again since. */
    private void remove(DevicePicture device, DeviceEvent event) throws ListenerFailedException {
        Report report = context.reportOf(event, false, false);
        if (Ordering.ofReport(device.snapshot().online(), report) == Ordering.Decision.LATE) {
            context.requestRead("a message about a removed device arrived late", 0);
        } else if (registry.remove(device)) {
            context.doubts().settled(device);
            unlisted.removed(device.id());
            String messageId = event.header().messageId();
            deliver(messageId, device, device.announce(new LiveChange.Removed(device, messageId)));
        }
    }

    private void noteUnknown(LiveMessage message) {
        String id = message.deviceId();
        boolean isAboutState = message instanceof DataPointMessage || message instanceof DeviceEvent;
        boolean isRemoval = message instanceof DeviceEvent event && event.type() == DeviceEventType.DELETE;
        boolean isNew = message instanceof DeviceEvent event && event.type() == DeviceEventType.BIND_USER;
        if (id != null
                && isAboutState
                && !isRemoval
                && !unlisted.isFilteredOut(id)
                && unlisted.receivedFrom(id, isNew)) {
            context.requestRead("a device that is not in the picture sent a message", 0);
        }
    }

    private void scheduleRead(PictureContext.ReadRequest request) {
        synchronizer.scheduleRead(request.reason(), request.delay());
    }

    private void wakeSynchronizer() {
        synchronizer.wake();
    }

    private void connected(Duration silence) {
        TuyaException refused = lastRefusal();
        boolean wasHeld = refused != null && refused.httpStatus() == CONFLICT;
        if (wasHeld && silence.compareTo(MAX_GHOST_LIFETIME) > 0) {
            synchronizer.connectedAfterAnotherProgram();
        }
        synchronizer.connected(silence);
    }

    /**
     * Returns why the last attempt to connect failed; still set while the listener is notified of the next connection.
     */
    private @Nullable TuyaException lastRefusal() {
        MessageSubscription running = subscription;
        return running == null ? null : running.lastRefusal();
    }

    private @Nullable TuyaException refusal() {
        MessageSubscription running = subscription;
        return running != null && running.state() == SubscriptionState.FAILED ? running.failure() : null;
    }

    @Override
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        Freshness reached = awaitState(timeout, state -> {
            if (state != Freshness.State.LIVE) {
                throwPermanentFailure();
            }
            return state == Freshness.State.LIVE || state == Freshness.State.ENDED;
        });
        return reached.isLive();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return awaitState(timeout, state -> state == Freshness.State.ENDED).state() == Freshness.State.ENDED;
    }

    /** Polls, because freshness depends on the state of many parts. */
    private Freshness awaitState(Duration timeout, Predicate<Freshness.State> enough) throws InterruptedException {
        long start = System.nanoTime();
        Duration longest = timeout.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : timeout;
        while (true) {
            Freshness now = freshness();
            long left = longest.toNanos() - (System.nanoTime() - start);
            if (enough.test(now.state()) || left <= 0) {
                return now;
            }
            if (ended.await(Math.min(left, POLL_NANOS), TimeUnit.NANOSECONDS)) {
                return freshness();
            }
        }
    }

    private void throwPermanentFailure() {
        TuyaException refused = refusal();
        TuyaException failure = refused != null ? refused : synchronizer.failure();
        if (failure != null && !failure.retryable() && (refused != null || !synchronizer.isSeeded())) {
            throw failure;
        }
    }

    @Override
    public Freshness freshness() {
        synchronizer.wakeIfDue();
        return evaluator.freshness(closed);
    }

    @Override
    public List<LiveDevice> all() {
        return List.copyOf(registry.all());
    }

    @Override
    public Optional<LiveDevice> device(String id) {
        return Optional.ofNullable(registry.find(Objects.requireNonNull(id, "id")));
    }

    @Override
    public Optional<LiveDevice> named(String name) {
        Objects.requireNonNull(name, "name");
        return registry.all().stream()
                .filter(device -> name.equals(device.name()))
                .<LiveDevice>map(device -> device)
                .findFirst();
    }

    @Override
    public ListenerRegistration onChange(LiveChangeListener listener) {
        return listeners.add(Objects.requireNonNull(listener, "listener"), null);
    }

    @Override
    public void resync() {
        if (closed) {
            throw new IllegalStateException("The picture is closed");
        }
        synchronizer.resync();
    }

    @Override
    public LiveCounters counters() {
        return new LiveCounters(
                calls.total(),
                messages.sum(),
                context.lateReports(),
                synchronizer.resynchronizations(),
                unlisted.size(),
                listeners.failures());
    }

    @Override
    public void close() {
        closed = true;
        sender.close();
        readDelivery.close();
        seeded.countDown();
        MessageSubscription running = subscription;
        if (running != null) {
            running.close();
        }
        synchronizer.close();
        ended.countDown();
        onClose.accept(this);
    }

    /** Thrown by the message handler if a listener threw; the message is redelivered. */
    private static final class ListenerFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        ListenerFailedException(@Nullable Throwable cause) {
            super("a listener of the living picture threw", cause, false, false);
        }
    }
}
