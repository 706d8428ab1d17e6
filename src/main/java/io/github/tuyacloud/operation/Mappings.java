package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Deadline;
import io.github.tuyacloud.engine.SingleFlight;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches DP mappings. Each product's specification is fetched once, by one of the callers that need it. Failures are
 * not cached.
 */
public final class Mappings {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private static final int MAX_WARNING_LENGTH = 1000;

    private final CallPipeline pipeline;
    private final Descriptions descriptions;
    private final WorkerPool workers;
    private final SingleFlight<String, DpMapping> flights;
    private final AtomicReference<Map<String, DpMapping>> byProduct;

    /** Creates an empty cache. */
    public Mappings(CallPipeline pipeline, Descriptions descriptions, WorkerPool workers) {
        this(
                pipeline,
                descriptions,
                workers,
                new SingleFlight<>("the specification", Descriptions.SPECIFICATION_OPERATION),
                new AtomicReference<>(new ConcurrentHashMap<>()));
    }

    private Mappings(
            CallPipeline pipeline,
            Descriptions descriptions,
            WorkerPool workers,
            SingleFlight<String, DpMapping> flights,
            AtomicReference<Map<String, DpMapping>> byProduct) {
        this.pipeline = pipeline;
        this.descriptions = descriptions;
        this.workers = workers;
        this.flights = flights;
        this.byProduct = byProduct;
    }

    /** Returns an instance with the same cache that uses another pipeline. */
    public Mappings withPipeline(CallPipeline view, Descriptions described) {
        return new Mappings(view, described, workers, flights, byProduct);
    }

    /**
     * Returns a product's mapping within the call timeout. A missing mapping is fetched if a device is given.
     *
     * @param productId the product
     * @param deviceId a device of the product, or null
     * @return the mapping, without entries if the product has no data points; empty if it is not cached and no device
     *     is given
     */
    public Optional<DpMapping> get(String productId, @Nullable String deviceId) {
        Optional<DpMapping> known = known(productId);
        return known.isPresent() || deviceId == null ? known : Optional.of(new Lookup(productId, deviceId).run());
    }

    /**
     * Fetches the missing mappings of all products in a list of devices. If the specifications of some products are
     * refused or unreadable, these products have no mapping, and a warning is logged.
     *
     * @param devices the devices; those without a product id are skipped
     * @return all cached mappings by product id
     */
    public Map<String, DpMapping> findAll(Collection<Device> devices) {
        Map<String, String> deviceByProduct = new LinkedHashMap<>();
        for (Device device : devices) {
            String product = device.productId();
            if (product != null && !product.isBlank() && known(product).isEmpty()) {
                deviceByProduct.putIfAbsent(product, device.id());
            }
        }
        MappingGaps gaps = new MappingGaps();
        try (TaskScope scope = workers.openScope(pipeline)) {
            deviceByProduct.forEach((product, device) -> scope.start(() -> fetch(product, device, gaps)));
            scope.join();
        }
        gaps.throwIfAll(deviceByProduct.size());
        if (!gaps.isEmpty()) {
            LogSafe.warn(LOG, "The DP mappings have gaps: {}", LogSafe.of(gaps.toString(), MAX_WARNING_LENGTH));
        }
        return Map.copyOf(byProduct.get());
    }

    private void fetch(String product, String device, MappingGaps gaps) {
        try {
            get(product, device);
        } catch (TuyaApiException e) {
            gaps.add(product, e);
        } catch (TuyaTransportException e) {
            if (MappingGaps.isTemporary(e)) {
                // Says nothing about the product.
                throw e;
            }
            gaps.add(product, e);
        }
    }

    /**
     * Replaces all mappings.
     *
     * @param mappings the mappings by product id
     */
    public void replace(Map<String, DpMapping> mappings) {
        byProduct.set(new ConcurrentHashMap<>(mappings));
    }

    Optional<DpMapping> known(String productId) {
        return Optional.ofNullable(cached().get(productId));
    }

    private Map<String, DpMapping> cached() {
        return Objects.requireNonNull(byProduct.get());
    }

    /** One caller's lookup of a missing mapping. */
    private final class Lookup implements SingleFlight.Fetch<DpMapping> {

        private final String productId;
        private final String deviceId;
        private final Deadline deadline = pipeline.deadline();

        /** The cache when the fetch starts: the result must not be added to mappings that replace it later. */
        private Map<String, DpMapping> cache = cached();

        Lookup(String productId, String deviceId) {
            this.productId = productId;
            this.deviceId = deviceId;
        }

        DpMapping run() {
            return flights.get(productId, deadline, this);
        }

        @Override
        public @Nullable DpMapping known() {
            cache = cached();
            return cache.get(productId);
        }

        @Override
        public DpMapping fetch() {
            DpMapping mapping = DpMapping.of(descriptions.specificationOrEmpty(deviceId, deadline));
            cache.put(productId, mapping);
            return mapping;
        }

        /**
         * Includes device and retry policy: a failure for another device, or with fewer retries, does not apply to this
         * caller.
         */
        @Override
        public String source() {
            return deviceId + " " + pipeline.retryPolicy();
        }
    }
}
