package io.github.tuyacloud.picture;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.operation.BatchStatus;
import io.github.tuyacloud.operation.DeviceReadings;
import io.github.tuyacloud.operation.Mappings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all devices with as few calls as possible and applies them to the picture page by page; used by one thread at a
 * time.
 */
final class PictureReader {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    /** The documented maximum number of devices in one request. */
    private static final int STATUSES_PER_CALL = 20;

    private final DeviceReadings readings;
    private final BatchStatus statuses;
    private final Mappings mappings;
    private final PictureContext context;
    private final DeviceRegistry registry;
    private final UnlistedDevices unlisted;
    private final CallAllowance calls;
    private final Predicate<Device> filter;
    private final boolean includeMap;
    private boolean wasEmpty;

    /** The reason for reading all devices. */
    enum Purpose {
        /** The first read: no change is delivered. */
        START,
        /** Messages may have been missed. */
        CATCH_UP,
        /** Verifies that messages arrive. */
        VERIFY,
        /** Polling without messages. */
        POLL,
        /** The program requested it. */
        REQUESTED;

        boolean isOwn() {
            return this == CATCH_UP || this == VERIFY;
        }
    }

    PictureReader(
            DeviceReadings readings,
            BatchStatus statuses,
            Mappings mappings,
            PictureContext context,
            DeviceRegistry registry,
            UnlistedDevices unlisted,
            CallAllowance calls,
            LiveOptions options) {
        this.readings = readings;
        this.statuses = statuses;
        this.mappings = mappings;
        this.context = context;
        this.registry = registry;
        this.unlisted = unlisted;
        this.calls = calls;
        this.filter = options.filter();
        this.includeMap = options.includeMap();
    }

    /**
     * Reads all devices and applies them.
     *
     * @param purpose the reason
     * @param expectation whether messages should have reported the changes
     * @return the number of changes
     */
    int read(Purpose purpose, Expectation expectation) {
        Run run = new Run(purpose, expectation);
        try {
            readPages(run);
            run.checkNotEmpty();
            run.readMissingStatuses();
            if (includeMap) {
                run.fetchMappings();
            }
            return run.finish();
        } catch (TuyaException e) {
            run.deliver(List.of()); // what was read before the failure
            throw e;
        }
    }

    private void readPages(Run run) {
        try {
            readings.read(run);
        } catch (TuyaException e) {
            calls.failed(e, run.purpose.isOwn());
            throw e;
        }
    }

    /** Reads the status of devices with values in doubt, and settles those values. */
    void settle(List<DevicePicture> devices) {
        ServerTime.Moment start = context.time().moment();
        Map<String, DeviceStatus> read =
                statusesOf(devices.stream().map(DevicePicture::id).toList(), true);
        Instant startedAt = context.time().at(start);
        for (DevicePicture device : devices) {
            DeviceStatus status = read.get(device.id());
            if (status == null) {
                context.doubts().settled(device);
            } else {
                device.settle(context.doubts().of(device), status, startedAt);
                device.deliverReadChanges();
            }
        }
    }

    private Map<String, DeviceStatus> statusesOf(Collection<String> ids, boolean isOwn) {
        calls.count((ids.size() + STATUSES_PER_CALL - 1) / STATUSES_PER_CALL, isOwn);
        try {
            return statuses.read(ids, response -> context.time().learn(response.serverTime()));
        } catch (TuyaException e) {
            calls.failed(e, isOwn);
            throw e;
        }
    }

    /** One read of all devices. */
    private final class Run implements DeviceReadings.Handler {

        private final Purpose purpose;
        private final Expectation expectation;
        private final Set<String> seen = new HashSet<>();
        private final Map<String, DevicePicture> listed = new LinkedHashMap<>();
        private final Set<DevicePicture> added = new LinkedHashSet<>();
        private final List<String> withoutStatus = new ArrayList<>();
        private int changes;

        Run(Purpose purpose, Expectation expectation) {
            this.purpose = purpose;
            this.expectation = expectation;
        }

        @Override
        public void request() {
            calls.count(1, purpose.isOwn());
        }

        @Override
        public void page(List<Map<String, @Nullable Object>> devices, Instant startedAt, Instant respondedAt) {
            context.time().learn(respondedAt);
            for (Map<String, @Nullable Object> fields : devices) {
                String id = String.valueOf(JsonValues.text(fields.get("id")));
                if (seen.add(id)) {
                    Device device = Device.fromMap(fields);
                    if (filter.test(device)) {
                        apply(device, startedAt);
                    }
                }
            }
        }

        private void apply(Device device, Instant startedAt) {
            DeviceStatus status =
                    device.asMap().get("status") instanceof List<?> ? new DeviceStatus(device.status()) : null;
            if (status == null) {
                withoutStatus.add(device.id());
            }
            Device bare = withoutStatus(device);
            DevicePicture known = registry.find(device.id());
            if (known == null) {
                known = registry.removed(device.id());
                if (known == null) {
                    known = new DevicePicture(bare, status, startedAt, context, context.names(device.productId()));
                } else {
                    known.restart(bare, status, startedAt);
                }
                added.add(known);
            } else {
                ChangeBatch batch = known.read(bare, status, startedAt, expectation);
                changes += batch.changes().size();
            }
            listed.put(device.id(), known);
        }

        /** Removes the values: they are stored separately with their times, and a second copy would become outdated. */
        private Device withoutStatus(Device device) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>(device.asMap());
            fields.remove("status");
            fields.computeIfPresent("mapping", (name, json) -> device.mapping()); // shared, not copied
            return Device.fromMap(fields);
        }

        /** Rejects a list that has suddenly become empty, once: the cloud has returned such lists by mistake. */
        void checkNotEmpty() {
            boolean isEmpty = listed.isEmpty() && !registry.isEmpty();
            if (isEmpty && !wasEmpty) {
                wasEmpty = true;
                throw new TuyaTransportException(
                        CallFailure.builder("Reading all devices")
                                .retryable(true)
                                .build(),
                        "the response cannot be used: the device list is suddenly empty",
                        Sent.MAYBE,
                        null);
            }
            wasEmpty = isEmpty;
        }

        void readMissingStatuses() {
            if (withoutStatus.isEmpty()) {
                return;
            }
            ServerTime.Moment start = context.time().moment();
            Map<String, DeviceStatus> read = statusesOf(withoutStatus, purpose.isOwn());
            Instant startedAt = context.time().at(start);
            read.forEach((id, status) -> {
                DevicePicture device = listed.get(id);
                if (device != null && added.contains(device)) {
                    device.fill(status, startedAt);
                } else if (device != null) {
                    changes += device.read(device.snapshot().device(), status, startedAt, expectation)
                            .changes()
                            .size();
                }
            });
        }

        /** Fetches the mappings of new products. If that fails, values of the product are not described. */
        void fetchMappings() {
            Set<String> products = new HashSet<>();
            for (DevicePicture device : added) {
                String product = device.snapshot().device().productId();
                if (product == null
                        || product.isBlank()
                        || context.mappings().containsKey(product)
                        || !products.add(product)) {
                    continue;
                }
                calls.count(1, purpose.isOwn());
                try {
                    mappings.get(product, device.id()).ifPresent(mapping -> context.addMapping(product, mapping));
                } catch (TuyaException | IllegalArgumentException e) {
                    if (e instanceof TuyaException failure) {
                        calls.failed(failure, purpose.isOwn());
                    }
                    LogSafe.warn(
                            LOG,
                            "Fetching a product's mapping failed; its data points are not described: {}",
                            e.getMessage());
                }
            }
        }

        int finish() {
            List<DevicePicture> gone = registry.replace(listed);
            unlisted.listed(seen);
            if (purpose == Purpose.START) {
                return 0;
            }
            added.forEach(device -> device.announce(new LiveChange.Added(device)));
            gone.forEach(device -> {
                context.doubts().settled(device);
                device.announce(new LiveChange.Removed(device, null));
            });
            deliver(gone);
            return changes + added.size() + gone.size();
        }

        void deliver(List<DevicePicture> gone) {
            context.readDelivery().run(() -> {
                listed.values().forEach(DevicePicture::deliverWaiting);
                gone.forEach(DevicePicture::deliverWaiting);
            });
        }
    }
}
