package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the devices of all linked app accounts. A second list for each account, requested as soon as a page contains
 * the account, adds local keys and gateways that the first list omits.
 */
final class LinkedAccountSource implements DeviceSource {

    /** The size that Tuya's own clients request; no maximum is documented. */
    private static final int PAGE_SIZE = 100;

    /** The documented maximum. */
    private static final int USER_PAGE_SIZE = 200;

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private static final String NO_DEVICES =
            "The cloud lists no devices for this project. Link the app account to the project (Devices > Link App Account in"
                    + " the console; a renewed plan may require linking again), and check that the region is the data center of"
                    + " that account: TuyaCloud.detectRegion asks all data centers. If you know the id of a device, set it"
                    + " as apiDeviceID: getDevices() then uses another call, which lists the devices of its owner.";

    private final PagedDeviceReader pages;

    LinkedAccountSource(PagedDeviceReader pages) {
        this.pages = pages;
    }

    @Override
    public DeviceSource withPipeline(CallPipeline view) {
        return new LinkedAccountSource(pages.withPipeline(view));
    }

    @Override
    public DeviceIndex read(TaskScope scope, Consumer<Map<String, @Nullable Object>> onNew) {
        DeviceIndex index = new DeviceIndex();
        Map<String, TaskScope.Task<List<Map<String, @Nullable Object>>>> secondLists = new LinkedHashMap<>();
        ApiRequest request =
                ApiRequest.get("/v1.0/iot-01/associated-users/devices").query("size", PAGE_SIZE);
        List<Envelope> responses = new ArrayList<>();
        ListLimit ofSecondLists = pages.newLimit();
        scope.start(() -> pages.read(request, pages.newLimit(), (devices, response) -> {
            scope.recordProgress();
            responses.add(response);
            index.merge(devices, onNew);
            for (Map<String, @Nullable Object> device : devices) {
                String uid = JsonValues.text(device.get("uid"));
                if (uid != null && !uid.isBlank()) {
                    secondLists.computeIfAbsent(uid, user -> scope.fork(() -> devicesOf(user, ofSecondLists, scope)));
                }
            }
        }));
        scope.join();
        if (index.devices().isEmpty()) {
            LogSafe.warn(LOG, NO_DEVICES);
        }
        secondLists.values().forEach(list -> index.merge(list.result(), onNew));
        index.lastResponse(
                summary(responses), responses.get(responses.size() - 1).tid());
        return index;
    }

    private List<Map<String, @Nullable Object>> devicesOf(String uid, ListLimit limit, TaskScope scope) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        ApiRequest request = ApiRequest.get("/v1.3/iot-03/devices")
                .query("page_size", USER_PAGE_SIZE)
                .query("source_id", uid)
                .query("source_type", "tuyaUser");
        pages.read(request, limit, (devices, response) -> {
            scope.recordProgress();
            all.addAll(devices);
        });
        return all;
    }

    /** Returns the last response's keys, with the number of pages and the cloud's total like in tinytuya. */
    private static Map<String, @Nullable Object> summary(List<Envelope> responses) {
        Envelope last = responses.get(responses.size() - 1);
        Map<String, @Nullable Object> keys = new LinkedHashMap<>(last.fields());
        Map<String, @Nullable Object> result = JsonValues.object(last.result());
        keys.put("fetches", (long) responses.size());
        keys.put("total", result == null || result.get("total") == null ? 0L : result.get("total"));
        return keys;
    }
}
