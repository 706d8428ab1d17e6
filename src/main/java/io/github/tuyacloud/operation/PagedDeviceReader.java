package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.json.JsonValues;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a paged list of devices to its end, and never in circles. */
final class PagedDeviceReader {

    private final CallPipeline pipeline;

    /** Takes the pages one by one. */
    @FunctionalInterface
    interface Reader {
        void page(List<Map<String, @Nullable Object>> devices, Envelope answer);
    }

    private record Page(
            List<Map<String, @Nullable Object>> devices,
            boolean hasMore,
            @Nullable String nextRowKey) {

        /** The list is called {@code devices} in one call and {@code list} in another. */
        static Page of(Map<String, @Nullable Object> result) {
            String name = result.get("devices") != null ? "devices" : "list";
            return new Page(
                    DeviceIndex.devicesIn(Results.list(result, name)),
                    Boolean.TRUE.equals(JsonValues.flag(result.get("has_more"))),
                    JsonValues.text(result.get("last_row_key")));
        }

        List<String> ids() {
            return devices.stream().map(DeviceIndex::idOf).toList();
        }

        boolean isLast() {
            return !hasMore || devices.isEmpty() || nextRowKey == null || nextRowKey.isEmpty();
        }
    }

    PagedDeviceReader(CallPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Reads all pages; the row key of each is the way to the next, and one that brings no new device is the last. */
    void read(ApiRequest firstPage, Reader reader) {
        Set<String> seen = new HashSet<>();
        Set<String> seenDevices = new HashSet<>();
        ApiRequest request = firstPage;
        while (true) {
            Envelope answer = pipeline.execute(request);
            Page page = Results.object(request, answer, Page::of);
            reader.page(page.devices(), answer);
            if (page.isLast() || !seen.add(String.valueOf(page.nextRowKey())) || !seenDevices.addAll(page.ids())) {
                return;
            }
            request = firstPage.query("last_row_key", page.nextRowKey());
        }
    }
}
