package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.exception.TuyaException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads plain device lists with states and values page by page, 100 devices for each request, and reports the cloud's
 * time of each page.
 */
public final class DeviceReadings {

    private static final int PAGE_SIZE = 100;

    private final CallPipeline pipeline;
    private final PagedDeviceReader pages;
    private final List<String> apiDeviceIds;
    private final LongSupplier nanoTime;

    private final Owners owners;

    private record Page(List<Map<String, @Nullable Object>> devices, Envelope response) {}

    /** Receives the pages. */
    public interface Handler {

        /** Called for each request, including failed ones. */
        void request();

        /**
         * Called for each page of devices.
         *
         * @param devices the devices as the cloud lists them
         * @param startedAt the cloud's time when the request was sent, or slightly earlier
         * @param respondedAt the cloud's time of the response
         */
        void page(List<Map<String, @Nullable Object>> devices, Instant startedAt, Instant respondedAt);
    }

    public DeviceReadings(CallPipeline pipeline, List<String> apiDeviceIds, LongSupplier nanoTime, int maxListSize) {
        this.pipeline = pipeline;
        this.pages = new PagedDeviceReader(pipeline, maxListSize);
        this.owners = new Owners(pipeline);
        this.apiDeviceIds = apiDeviceIds;
        this.nanoTime = nanoTime;
    }

    /** Reads all devices of the linked accounts, or of the owners of the devices in {@code apiDeviceID}. */
    public void read(Handler handler) {
        if (apiDeviceIds.isEmpty()) {
            readLinkedAccounts(handler);
        } else {
            owners(handler).forEach(uid -> readOwner(uid, handler));
        }
    }

    private void readLinkedAccounts(Handler handler) {
        ApiRequest request =
                ApiRequest.get("/v1.0/iot-01/associated-users/devices").query("size", PAGE_SIZE);
        long[] start = {nanoTime.getAsLong()};
        try {
            pages.read(request, pages.newLimit(), (devices, response) -> {
                handler.request();
                page(devices, response, start[0], handler);
                start[0] = nanoTime.getAsLong();
            });
        } catch (TuyaException e) {
            handler.request(); // for the page that failed
            throw e;
        }
    }

    private Set<String> owners(Handler handler) {
        Set<String> uids = new LinkedHashSet<>();
        for (String id : apiDeviceIds) {
            if (!owners.isKnown(id)) {
                handler.request();
            }
            owners.of(id).ifPresent(uids::add);
        }
        if (uids.isEmpty()) {
            throw Owners.unknown();
        }
        return uids;
    }

    private void readOwner(String uid, Handler handler) {
        handler.request();
        long start = nanoTime.getAsLong();
        Page page =
                pipeline.call(Owners.devicesOf(uid), response -> new Page(Results.deviceRecords(response), response));
        page(page.devices(), page.response(), start, handler);
    }

    private void page(List<Map<String, @Nullable Object>> devices, Envelope response, long start, Handler handler) {
        Instant stated = response.serverTime();
        Instant respondedAt = stated == null ? pipeline.now() : stated;
        Instant startedAt = respondedAt.minus(Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - start)));
        handler.page(devices, startedAt, respondedAt);
    }
}
