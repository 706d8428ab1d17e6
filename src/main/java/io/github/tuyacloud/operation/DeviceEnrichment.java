package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.DpMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what a device list does not carry: MAC, uuid and serial number in batches, and DP maps once a product.
 *
 * <p>A refusal of one of these calls spoils no list: the fields stay empty, and one warning says so. Refusals that are about
 * token, key or quota are everybody's, and thrown.
 */
final class DeviceEnrichment {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceEnrichment.class);

    /** The largest number of ids known to work; no greatest one is published. */
    private static final int BATCH_SIZE = 50;

    private static final Set<Integer> ABOUT_CREDENTIALS =
            Set.of(1001, 1002, 1003, 1004, 1005, 1010, 1011, 1012, 1013, 1400);

    private final CallPipeline pipeline;
    private final TaskScope group;
    private final @Nullable Mappings mappings;
    private final Map<String, Map<String, @Nullable Object>> factoryInfos = new ConcurrentHashMap<>();
    private final Map<String, DpMapping> found = new ConcurrentHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> products = new HashSet<>();
    private final List<String> batch = new ArrayList<>();
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Fetches DP maps only when it is given their cache. */
    DeviceEnrichment(CallPipeline pipeline, TaskScope group, @Nullable Mappings mappings) {
        this.pipeline = pipeline;
        this.group = group;
        this.mappings = mappings;
    }

    /** Asks for what there is about a device: at once when a batch is full, else with {@link #flush()}. */
    void want(Map<String, ? extends @Nullable Object> device) {
        String id = DeviceIndex.idOf(device);
        if (!asked.add(id)) {
            return;
        }
        batch.add(id);
        if (batch.size() == BATCH_SIZE) {
            flush();
        }
        String product = JsonValues.text(device.get("product_id"));
        if (mappings != null && product != null && !product.isBlank() && products.add(product)) {
            Mappings cache = mappings;
            group.start(() ->
                    softly("specifications", () -> cache.find(product, id).ifPresent(map -> found.put(product, map))));
        }
    }

    /** Asks for what is left of a batch. */
    void flush() {
        if (batch.isEmpty()) {
            return;
        }
        List<String> ids = List.copyOf(batch);
        batch.clear();
        group.start(() -> softly("factory infos", () -> fetchFactoryInfos(ids)));
    }

    /** What the factory says about a device; empty when it says nothing. */
    Map<String, @Nullable Object> factoryInfo(String deviceId) {
        return factoryInfos.getOrDefault(deviceId, Map.of());
    }

    /** The DP map of a product, or null. */
    @Nullable
    DpMapping mapping(@Nullable String productId) {
        return productId == null ? null : found.get(productId);
    }

    private void fetchFactoryInfos(List<String> ids) {
        ApiRequest request = ApiRequest.get("/v1.0/devices/factory-infos").query("device_ids", ids);
        List<Map<String, @Nullable Object>> infos = Results.list(request, pipeline.execute(request), Results::objects);
        for (Map<String, @Nullable Object> info : infos) {
            String id = JsonValues.text(info.get("id"));
            if (id != null) {
                factoryInfos.put(id, info);
            }
        }
    }

    private void softly(String what, Runnable call) {
        try {
            call.run();
        } catch (TuyaApiException e) {
            if (e instanceof TuyaQuotaException || ABOUT_CREDENTIALS.contains(e.code())) {
                throw e;
            }
            warn(what, e);
        } catch (IllegalArgumentException e) {
            // The id is the cloud's: one that no path can hold is no mistake of the caller.
            warn(what, e);
        }
    }

    private void warn(String what, RuntimeException e) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("Some devices are listed without their {}: {}", what, e.getMessage());
        }
    }
}
