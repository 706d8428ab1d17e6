package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.model.DpMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the details that a device list does not contain: MAC address, uuid and serial number in batches, and one DP
 * mapping for each product.
 *
 * <p>Most failures leave a gap instead of failing the list: a product without a readable specification has no DP
 * mapping, devices without readable factory infos have no hardware details, and one warning reports both. Refusals that
 * affect all calls are thrown: those because of credentials or a quota.
 */
final class DeviceEnrichment {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    /** The largest number of ids that is known to work; Tuya does not document a limit. */
    private static final int BATCH_SIZE = 50;

    private static final int MAX_WARNING_LENGTH = 1000;

    private final CallPipeline pipeline;
    private final TaskScope scope;
    private final @Nullable Mappings mappings;
    private final Map<String, Map<String, @Nullable Object>> factoryInfos = new ConcurrentHashMap<>();
    private final Map<String, DpMapping> found = new ConcurrentHashMap<>();
    private final Set<String> requested = new HashSet<>();
    private final Set<String> products = new HashSet<>();
    private final List<String> batch = new ArrayList<>();
    private final MappingGaps mappingGaps = new MappingGaps();
    private final AtomicReference<@Nullable RuntimeException> hardwareFailure = new AtomicReference<>();

    /** Creates an instance; DP mappings are fetched only if {@code mappings} is not null. */
    DeviceEnrichment(CallPipeline pipeline, TaskScope scope, @Nullable Mappings mappings) {
        this.pipeline = pipeline;
        this.scope = scope;
        this.mappings = mappings;
    }

    /** Requests the details of a device. Requests for batches are sent when a batch is full, or by {@link #flush()}. */
    void request(Map<String, ? extends @Nullable Object> device) {
        String id = DeviceIndex.idOf(device);
        if (!requested.add(id)) {
            return;
        }
        batch.add(id);
        if (batch.size() == BATCH_SIZE) {
            flush();
        }
        String product = JsonValues.text(device.get("product_id"));
        if (mappings != null && product != null && !product.isBlank() && products.add(product)) {
            Mappings cache = mappings;
            scope.start(() -> fetchMapping(cache, product, id));
        }
    }

    /** Sends the request for an incomplete batch. */
    void flush() {
        if (batch.isEmpty()) {
            return;
        }
        List<String> ids = List.copyOf(batch);
        batch.clear();
        scope.start(() -> fetchFactoryInfos(ids));
    }

    /** Returns the factory info of a device; empty if unknown. */
    Map<String, @Nullable Object> factoryInfo(String deviceId) {
        return factoryInfos.getOrDefault(deviceId, Map.of());
    }

    /** Returns the DP mapping of a product, or null. */
    @Nullable
    DpMapping mapping(@Nullable String productId) {
        return productId == null ? null : found.get(productId);
    }

    /** Logs one warning if details are missing; called after all requests are done. */
    void warnAboutGaps() {
        List<String> gaps = new ArrayList<>();
        if (!mappingGaps.isEmpty()) {
            gaps.add(mappingGaps.toString());
        }
        RuntimeException refusal = hardwareFailure.get();
        if (refusal != null) {
            gaps.add("no MAC address and serial number for some devices: " + refusal.getMessage());
        }
        if (!gaps.isEmpty()) {
            LogSafe.warn(LOG, "The device list has gaps: {}", LogSafe.of(String.join("; ", gaps), MAX_WARNING_LENGTH));
        }
    }

    private void fetchMapping(Mappings cache, String product, String deviceId) {
        try {
            cache.get(product, deviceId).ifPresent(mapping -> found.put(product, mapping));
        } catch (TuyaApiException e) {
            mappingGaps.add(product, e);
        } catch (TuyaTransportException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            mappingGaps.add(product, e);
        } catch (IllegalArgumentException e) {
            // The malformed id came from the cloud, not from the caller.
            mappingGaps.add(product, e);
        }
    }

    private void fetchFactoryInfos(List<String> ids) {
        try {
            ApiRequest request = ApiRequest.get("/v1.0/devices/factory-infos").query("device_ids", ids);
            pipeline.call(request, ResultReader.list(list -> {
                list.forEach(this::keep);
                return list;
            }));
        } catch (TuyaApiException e) {
            hardwareFailure.compareAndSet(null, MappingGaps.throwIfGlobal(e));
        } catch (TuyaTransportException e) {
            if (MappingGaps.isTemporary(e)) {
                // May be temporary. A program that passes an old list would not request these details again.
                throw e;
            }
            hardwareFailure.compareAndSet(null, e);
        } catch (IllegalArgumentException e) {
            hardwareFailure.compareAndSet(null, e);
        }
    }

    private void keep(@Nullable Object item) {
        Map<String, @Nullable Object> info = JsonValues.object(item);
        String id = info == null ? null : JsonValues.text(info.get("id"));
        if (info != null && id != null) {
            factoryInfos.put(id, info);
        }
    }
}
