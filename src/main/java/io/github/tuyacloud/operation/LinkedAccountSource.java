package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.json.JsonValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the devices of all linked app accounts; a second look-up for each account, started as soon as a page names it,
 * brings local keys and gateways that the first list leaves out.
 */
final class LinkedAccountSource implements DeviceSource {

    /** What the vendor's own clients ask for; no greatest size is published. */
    private static final int PAGE_SIZE = 100;

    /** The documented maximum. */
    private static final int USER_PAGE_SIZE = 200;

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private static final String NO_DEVICES =
            "The cloud lists no devices for this project. Link the app account to the project (Devices > Link App Account in"
                    + " the console; a renewed plan can need it again), and check that the region is the data center of"
                    + " that account: TuyaCloud.detectRegion asks all of them. If you know the id of one device, set it"
                    + " as apiDeviceID: getDevices() then asks another call, the devices of its owner.";

    private final PagedDeviceReader pages;

    LinkedAccountSource(PagedDeviceReader pages) {
        this.pages = pages;
    }

    @Override
    public DeviceIndex read(TaskScope group, Consumer<Map<String, @Nullable Object>> onNew) {
        DeviceIndex listing = new DeviceIndex();
        Map<String, TaskScope.Member<List<Map<String, @Nullable Object>>>> secondLooks = new LinkedHashMap<>();
        ApiRequest request =
                ApiRequest.get("/v1.0/iot-01/associated-users/devices").query("size", PAGE_SIZE);
        List<Envelope> answers = new ArrayList<>();
        group.start(() -> pages.read(request, (devices, answer) -> {
            answers.add(answer);
            listing.merge(devices, onNew);
            for (Map<String, @Nullable Object> device : devices) {
                String uid = JsonValues.text(device.get("uid"));
                if (uid != null && !uid.isBlank()) {
                    secondLooks.computeIfAbsent(uid, user -> group.fork(() -> devicesOf(user)));
                }
            }
        }));
        group.join();
        if (listing.devices().isEmpty()) {
            LOG.warn(NO_DEVICES);
        }
        secondLooks.values().forEach(look -> listing.merge(look.result(), onNew));
        listing.lastAnswer(summary(answers), answers.get(answers.size() - 1).tid());
        return listing;
    }

    private List<Map<String, @Nullable Object>> devicesOf(String uid) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        ApiRequest request = ApiRequest.get("/v1.3/iot-03/devices")
                .query("page_size", USER_PAGE_SIZE)
                .query("source_id", uid)
                .query("source_type", "tuyaUser");
        pages.read(request, (devices, answer) -> all.addAll(devices));
        return all;
    }

    /** The last answer's keys with the count of pages and the cloud's total, as tinytuya gives them. */
    private static Map<String, @Nullable Object> summary(List<Envelope> answers) {
        Envelope last = answers.get(answers.size() - 1);
        Map<String, @Nullable Object> keys = new LinkedHashMap<>(last.fields());
        Map<String, @Nullable Object> result = JsonValues.object(last.result());
        keys.put("fetches", (long) answers.size());
        keys.put("total", result == null || result.get("total") == null ? 0L : result.get("total"));
        return keys;
    }
}
