package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaQuotaException;
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
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what a device list does not contain: MAC, uuid and serial number in batches, and one DP map for each product.
 *
 * <p>A failure does not fail the list: a product whose specification is refused or unreadable has no DP map, hardware that
 * is refused or unreadable stays empty, and one warning names both. Only refusals that apply to every call are thrown:
 * those about credentials or quota.
 */
final class DeviceEnrichment {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    /** The largest number of ids known to work; Tuya publishes no limit. */
    private static final int BATCH_SIZE = 50;

    private static final int LONGEST_WARNING = 1000;

    private static final int NO_ANSWER = -1;

    private static final Set<Integer> ABOUT_CREDENTIALS =
            Set.of(1001, 1002, 1003, 1004, 1005, 1010, 1011, 1012, 1013, 1400);

    private final CallPipeline pipeline;
    private final TaskScope scope;
    private final @Nullable Mappings mappings;
    private final Map<String, Map<String, @Nullable Object>> factoryInfos = new ConcurrentHashMap<>();
    private final Map<String, DpMapping> found = new ConcurrentHashMap<>();
    private final Set<String> requested = new HashSet<>();
    private final Set<String> products = new HashSet<>();
    private final List<String> batch = new ArrayList<>();
    private final Map<String, RuntimeException> withoutMapping = new ConcurrentSkipListMap<>();
    private final AtomicReference<@Nullable RuntimeException> withoutHardware = new AtomicReference<>();

    /** Creates it; DP maps are fetched only if their cache is given. */
    DeviceEnrichment(CallPipeline pipeline, TaskScope scope, @Nullable Mappings mappings) {
        this.pipeline = pipeline;
        this.scope = scope;
        this.mappings = mappings;
    }

    /** Requests everything about a device: immediately if a batch is full, otherwise at {@link #flush()}. */
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

    /** Requests the hardware of the devices in a batch that is not full. */
    void flush() {
        if (batch.isEmpty()) {
            return;
        }
        List<String> ids = List.copyOf(batch);
        batch.clear();
        scope.start(() -> fetchFactoryInfos(ids));
    }

    /** Returns the factory's record of a device; empty if unknown. */
    Map<String, @Nullable Object> factoryInfo(String deviceId) {
        return factoryInfos.getOrDefault(deviceId, Map.of());
    }

    /** Returns the DP map of a product, or null. */
    @Nullable
    DpMapping mapping(@Nullable String productId) {
        return productId == null ? null : found.get(productId);
    }

    /** Logs one warning if anything could not be fetched; called when all requests are done. */
    void warnOfGaps() {
        List<String> gaps = new ArrayList<>();
        withoutMapping.values().stream()
                .findFirst()
                .ifPresent(reason ->
                        gaps.add("no DP map for the products " + withoutMapping.keySet() + ": " + reason.getMessage()));
        RuntimeException refusal = withoutHardware.get();
        if (refusal != null) {
            gaps.add("no MAC address and serial number for some devices: " + refusal.getMessage());
        }
        if (!gaps.isEmpty()) {
            LogSafe.warn(LOG, "Devices are listed with gaps: {}", LogSafe.of(String.join("; ", gaps), LONGEST_WARNING));
        }
    }

    private void fetchMapping(Mappings cache, String product, String deviceId) {
        try {
            cache.get(product, deviceId).ifPresent(map -> found.put(product, map));
        } catch (TuyaApiException e) {
            withoutMapping.put(product, unlessAboutAllCalls(e));
        } catch (TuyaTransportException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            withoutMapping.put(product, e);
        } catch (IllegalArgumentException e) {
            // The cloud's own id does not fit in a path, which is not the caller's mistake.
            withoutMapping.put(product, e);
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
            withoutHardware.compareAndSet(null, unlessAboutAllCalls(e));
        } catch (TuyaTransportException e) {
            if (e.httpStatus() == NO_ANSWER || e.retryable()) {
                // It may pass, and the next list of a program with an old list would not ask again.
                throw e;
            }
            withoutHardware.compareAndSet(null, e);
        } catch (IllegalArgumentException e) {
            withoutHardware.compareAndSet(null, e);
        }
    }

    private void keep(@Nullable Object item) {
        Map<String, @Nullable Object> info = JsonValues.object(item);
        String id = info == null ? null : JsonValues.text(info.get("id"));
        if (info != null && id != null) {
            factoryInfos.put(id, info);
        }
    }

    private static TuyaApiException unlessAboutAllCalls(TuyaApiException e) {
        if (e instanceof TuyaQuotaException || ABOUT_CREDENTIALS.contains(e.code())) {
            throw e;
        }
        return e;
    }
}
