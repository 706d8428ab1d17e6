package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.model.DeviceLogQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log query with its window fixed to two moments, ready to be asked page by page.
 *
 * @param deviceId the device
 * @param query what else is asked
 * @param start where the window begins
 * @param end where it ends
 * @param relative whether it would be another one at another time
 */
record LogWindow(String deviceId, DeviceLogQuery query, Instant start, Instant end, boolean relative) {

    /** Tuya's server gives no more entries at a time. */
    static final int LARGEST_PAGE = 100;

    /** Fixes the window; relative times count from {@code now}. */
    static LogWindow of(String deviceId, DeviceLogQuery query, Instant now) {
        Instant start = query.startAt(now);
        Instant end = query.endAt(now);
        if (start.isAfter(end)) {
            throw new IllegalArgumentException(
                    "The log would start at " + start + ", after its end at " + end + ": swap start and end");
        }
        boolean relative = !query.startAt(now.plusMillis(1)).equals(start)
                || !query.endAt(now.plusMillis(1)).equals(end);
        return new LogWindow(deviceId, query, start, end, relative);
    }

    /** The same query for another window, which stays where it is. */
    LogWindow between(Instant newStart, Instant newEnd) {
        return new LogWindow(deviceId, query, newStart, newEnd, false);
    }

    /** The same query at another time. */
    LogWindow at(Instant now) {
        return relative ? of(deviceId, query, now) : this;
    }

    /** Asks for one page; the caller's own parameters override everything but the row key of a later page. */
    ApiRequest page(int size, @Nullable String rowKey, boolean first) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("start_time", start.toEpochMilli());
        parameters.put("end_time", end.toEpochMilli());
        parameters.put("type", query.eventTypes());
        parameters.put("size", size);
        parameters.put("query_type", 1);
        if (first && rowKey != null) {
            parameters.put("start_row_key", rowKey);
        }
        parameters.putAll(query.params());
        if (!first) {
            parameters.put("start_row_key", rowKey);
        }
        return ApiRequest.get("/v1.0/devices/{id}/logs", deviceId).query(parameters);
    }
}
