package io.github.tuyacloud.device;

import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.DpMapping;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The DP maps of all products met so far; each product's specification is fetched once. */
public final class Mappings {

    private final DeviceCalls calls;
    private final FanOut fanOut;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private volatile Map<String, DpMapping> byProduct = new ConcurrentHashMap<>();

    /**
     * Starts with none.
     *
     * @param calls fetches specifications
     * @param fanOut fetches several side by side
     */
    public Mappings(DeviceCalls calls, FanOut fanOut) {
        this.calls = calls;
        this.fanOut = fanOut;
    }

    /**
     * Looks a product's map up, and fetches it if need be and if a device of the product is named.
     *
     * @param productId the product
     * @param deviceId a device of it, or null
     * @return the map, empty inside for a product without data points; nothing when it is not known and cannot be fetched
     */
    public Optional<DpMapping> find(String productId, @Nullable String deviceId) {
        Optional<DpMapping> known = known(productId);
        if (known.isPresent() || deviceId == null) {
            return known;
        }
        ReentrantLock lock = locks.computeIfAbsent(productId, product -> new ReentrantLock());
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw FanOut.interrupted(e);
        }
        try {
            Map<String, DpMapping> cache = byProduct;
            DpMapping mapping = cache.get(productId);
            if (mapping == null) {
                mapping = fetch(deviceId);
                cache.put(productId, mapping);
            }
            return Optional.of(mapping);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fetches the maps of all products in a list that are not known yet.
     *
     * @param devices the devices; those without a product id are passed over
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
        try (CallGroup group = fanOut.group()) {
            deviceByProduct.forEach((product, device) -> group.start(() -> find(product, device)));
            group.join();
        }
        return Map.copyOf(byProduct);
    }

    /**
     * Replaces all maps.
     *
     * @param mappings by product id
     */
    public void replace(Map<String, DpMapping> mappings) {
        byProduct = new ConcurrentHashMap<>(mappings);
    }

    Optional<DpMapping> known(String productId) {
        return Optional.ofNullable(byProduct.get(productId));
    }

    private DpMapping fetch(String deviceId) {
        return build(calls.dpsOrNone(deviceId));
    }

    /** Status first, then functions; the first to claim a dp id keeps it. */
    static DpMapping build(DeviceSpecification specification) {
        Map<String, DataPointSpec> dps = new LinkedHashMap<>();
        for (List<DataPointSpec> part : List.of(specification.status(), specification.functions())) {
            for (DataPointSpec spec : part) {
                if (spec.code() != null && spec.type() != null && spec.values() != null) {
                    dps.putIfAbsent(spec.mappingKey(), spec.withNormalizedUnit());
                }
            }
        }
        return DpMapping.of(dps);
    }
}
