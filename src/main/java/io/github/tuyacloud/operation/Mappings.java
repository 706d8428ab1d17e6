package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Deadline;
import io.github.tuyacloud.engine.SingleFlight;
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

/**
 * The cache of DP maps; each product's specification is fetched once, by one of the callers that need it. A failure is not
 * remembered.
 */
public final class Mappings {

    private final CallPipeline pipeline;
    private final Descriptions descriptions;
    private final WorkerPool workers;
    private final SingleFlight<String, DpMapping> flights;
    private final AtomicReference<Map<String, DpMapping>> byProduct;

    /** Creates a cache without maps. */
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

    /** Returns the same maps, fetched with other options. */
    public Mappings over(CallPipeline view, Descriptions described) {
        return new Mappings(view, described, workers, flights, byProduct);
    }

    /**
     * Returns a product's map within the call timeout; fetches it if necessary and if a device of the product is given.
     *
     * @param productId the product
     * @param deviceId a device of it, or null
     * @return the map, which has no entries for a product without data points; empty if it is unknown and no device is
     *     given
     */
    public Optional<DpMapping> get(String productId, @Nullable String deviceId) {
        Optional<DpMapping> known = known(productId);
        return known.isPresent() || deviceId == null ? known : Optional.of(new Search(productId, deviceId).run());
    }

    /**
     * Fetches the missing maps of all products in a list.
     *
     * @param devices the devices; those without a product id are skipped
     * @return all maps known, by product id
     */
    public Map<String, DpMapping> findAll(Collection<Device> devices) {
        Map<String, String> deviceByProduct = new LinkedHashMap<>();
        for (Device device : devices) {
            String product = device.productId();
            if (product != null && !product.isBlank() && known(product).isEmpty()) {
                deviceByProduct.putIfAbsent(product, device.id());
            }
        }
        try (TaskScope scope = workers.openScope(pipeline)) {
            deviceByProduct.forEach((product, device) -> scope.start(() -> get(product, device)));
            scope.join();
        }
        return Map.copyOf(byProduct.get());
    }

    /**
     * Replaces all maps.
     *
     * @param mappings by product id
     */
    public void replace(Map<String, DpMapping> mappings) {
        byProduct.set(new ConcurrentHashMap<>(mappings));
    }

    Optional<DpMapping> known(String productId) {
        return Optional.ofNullable(maps().get(productId));
    }

    private Map<String, DpMapping> maps() {
        return Objects.requireNonNull(byProduct.get());
    }

    /** The steps of one caller to get a missing map. */
    private final class Search implements SingleFlight.Fetch<DpMapping> {

        private final String productId;
        private final String deviceId;
        private final Deadline deadline = pipeline.deadline();

        /** The maps at the time of the fetch: it must not add to those that replace them meanwhile. */
        private Map<String, DpMapping> cache = maps();

        Search(String productId, String deviceId) {
            this.productId = productId;
            this.deviceId = deviceId;
        }

        DpMapping run() {
            return flights.get(productId, deadline, this);
        }

        @Override
        public @Nullable DpMapping known() {
            cache = maps();
            return cache.get(productId);
        }

        @Override
        public DpMapping fetch() {
            DpMapping mapping = DpMapping.of(descriptions.specificationOrEmpty(deviceId, deadline));
            cache.put(productId, mapping);
            return mapping;
        }

        /** A refusal for one device may not apply to another, nor the failure of a view that retries less. */
        @Override
        public String source() {
            return deviceId + " " + pipeline.retryPolicy();
        }
    }
}
