package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.json.JsonValues;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads all pages of a device list; stops if row keys are circular. */
final class PagedDeviceReader {

    /** Reads a page; a bare list is the only page. */
    private static final ResultReader<Page> PAGE = response -> response.result() instanceof List
            ? new Page(Results.deviceRecords(response), false, null, response)
            : ResultReader.<Page>object(result -> Page.of(result, response)).read(response);

    private final CallPipeline pipeline;
    private final ListLimit limit;

    /** Receives the pages. */
    @FunctionalInterface
    interface PageHandler {
        void page(List<Map<String, @Nullable Object>> devices, Envelope response);
    }

    private record Page(
            List<Map<String, @Nullable Object>> devices,
            boolean hasMore,
            @Nullable String nextRowKey,
            Envelope response) {

        /** Reads a page; its list is called {@code devices} in one call and {@code list} in another. */
        static Page of(Map<String, @Nullable Object> result, Envelope response) {
            String name = result.get("devices") != null ? "devices" : "list";
            return new Page(
                    DeviceIndex.devicesIn(Results.list(result, name)),
                    Boolean.TRUE.equals(JsonValues.flag(result.get("has_more"))),
                    JsonValues.text(result.get("last_row_key")),
                    response);
        }

        List<String> ids() {
            return devices.stream().map(DeviceIndex::idOf).toList();
        }

        boolean isLast() {
            return !hasMore || devices.isEmpty() || nextRowKey == null || nextRowKey.isEmpty();
        }
    }

    PagedDeviceReader(CallPipeline pipeline, int maxListSize) {
        this(pipeline, new ListLimit(maxListSize, "devices", ""));
    }

    private PagedDeviceReader(CallPipeline pipeline, ListLimit limit) {
        this.pipeline = pipeline;
        this.limit = limit;
    }

    /** Returns a copy that uses another pipeline. */
    PagedDeviceReader withPipeline(CallPipeline view) {
        return new PagedDeviceReader(view, limit);
    }

    /** Returns a new limit for one list, or for several together. */
    ListLimit newLimit() {
        return limit.fresh();
    }

    /** Reads all pages. A page without new devices, or with a row key that occurred before, is the last one. */
    void read(ApiRequest firstPage, ListLimit ofList, PageHandler handler) {
        Set<String> rowKeys = new HashSet<>();
        Set<String> deviceIds = new HashSet<>();
        ApiRequest request = firstPage;
        while (true) {
            Page page = pipeline.call(request, PAGE);
            ofList.add(page.devices().size(), firstPage.operation());
            handler.page(page.devices(), page.response());
            if (page.isLast() || !rowKeys.add(String.valueOf(page.nextRowKey())) || !deviceIds.addAll(page.ids())) {
                return;
            }
            request = firstPage.query("last_row_key", page.nextRowKey());
        }
    }
}
