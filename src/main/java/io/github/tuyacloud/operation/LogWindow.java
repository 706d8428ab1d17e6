package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.model.DeviceLogQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A log query with a fixed time window; creates the requests for its pages.
 *
 * @param deviceId the device
 * @param query the query
 * @param start the start of the window
 * @param end the end of the window
 * @param relative whether start or end depend on the current time
 */
record LogWindow(String deviceId, DeviceLogQuery query, Instant start, Instant end, boolean relative) {

    /** The maximum page size; the server caps larger values. */
    static final int MAX_PAGE_SIZE = 100;

    private static final Duration DEFAULT_RANGE = Duration.ofDays(1);

    /** Returns the window of a query; relative times are resolved against {@code now}. */
    static LogWindow of(String deviceId, DeviceLogQuery query, Instant now) {
        Instant end = endOf(query, now);
        Instant start = startOf(query, now);
        if (start.isAfter(end)) {
            throw new IllegalArgumentException(
                    "The log would start at " + start + ", after its end at " + end + ": swap start and end");
        }
        Instant later = now.plusMillis(1);
        boolean relative =
                !startOf(query, later).equals(start) || !endOf(query, later).equals(end);
        return new LogWindow(deviceId, query, start, end, relative);
    }

    private static Instant startOf(DeviceLogQuery query, Instant now) {
        return query.start() != null ? query.start().at(now) : endOf(query, now).minus(DEFAULT_RANGE);
    }

    private static Instant endOf(DeviceLogQuery query, Instant now) {
        return query.end() != null ? query.end().at(now) : now;
    }

    /** Returns the same query for a fixed window. */
    LogWindow between(Instant newStart, Instant newEnd) {
        return new LogWindow(deviceId, query, newStart, newEnd, false);
    }

    /** Returns the same query at another time. */
    LogWindow at(Instant now) {
        return relative ? of(deviceId, query, now) : this;
    }

    /**
     * Creates the request for a page. The caller's parameters override all others except the row key of a later page.
     */
    ApiRequest page(String template, int size, @Nullable String rowKey, boolean first) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("start_time", start.toEpochMilli());
        parameters.put("end_time", end.toEpochMilli());
        parameters.put(
                "type",
                query.eventTypes().stream()
                        .map(type -> String.valueOf(type.id()))
                        .collect(Collectors.joining(",")));
        parameters.put("size", size);
        parameters.put("query_type", 1);
        if (first && rowKey != null) {
            parameters.put("start_row_key", rowKey);
        }
        parameters.putAll(query.params());
        if (!first) {
            parameters.put("start_row_key", rowKey);
        }
        return ApiRequest.get(template, deviceId).query(parameters);
    }
}
