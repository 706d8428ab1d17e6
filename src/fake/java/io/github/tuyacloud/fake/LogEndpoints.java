package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The endpoints that return the log of a device page by page: the deprecated one and its successor. Events are listed
 * newest first, for the last seven days.
 */
final class LogEndpoints {
    static final String DEPRECATED = "/v1.0/devices/{id}/logs";

    private static final Duration RETENTION = Duration.ofDays(7);
    private static final int MAX_PAGE_SIZE = 100;

    private final World world;
    private final Quirks quirks;
    private final Clock clock;

    private LogEndpoints(World world, Quirks quirks, Clock clock) {
        this.world = world;
        this.quirks = quirks;
        this.clock = clock;
    }

    static void addTo(Router router, World world, Quirks quirks, Clock clock) {
        LogEndpoints endpoints = new LogEndpoints(world, quirks, clock);
        router.add("GET", DEPRECATED, endpoints::logs);
        router.add("GET", "/v2.0/cloud/thing/{id}/logs", endpoints::thingLogs);
    }

    /** Like {@link #logs}, but page size and query type are required. */
    private JsonNode thingLogs(Call call) {
        call.requiredQuery("size");
        call.requiredQuery("query_type");
        return logs(call);
    }

    private JsonNode logs(Call call) {
        FakeDevice device = world.require(call.path("id"));
        Set<Integer> types = types(call.requiredQuery("type"));
        long start = call.requiredMillis("start_time") + (quirks.logStartIncluded ? 0 : 1);
        long end = call.requiredMillis("end_time") - (quirks.logEndIncluded ? 0 : 1);
        if (start > end + 1) {
            throw Refusal.illegal("start_time is after end_time");
        }
        if (call.number("query_type", 1) != 1) {
            throw Refusal.illegal("query_type must be 1 here, 2 is paid for");
        }
        // A larger size is not refused but capped, as in the real cloud: the page is shorter than requested.
        int size = Math.min(MAX_PAGE_SIZE, call.size("size", 20, Integer.MAX_VALUE));
        long oldest = Math.max(start, clock.instant().minus(RETENTION).toEpochMilli());
        String startKey = call.query("start_row_key");
        EventLog.Row newest = new EventLog.Row(end, Long.MAX_VALUE);
        EventLog.Row first = startKey == null ? newest : EventLog.Row.of(startKey);
        EventLog.Page page = device.log().page(first, oldest, size, filter(call, types));
        return describe(device.id(), startKey == null ? "" : startKey, page);
    }

    private static Predicate<FakeLogEntry> filter(Call call, Set<Integer> types) {
        String codes = call.query("codes");
        Set<String> wanted = codes == null ? Set.of() : Set.copyOf(Call.list(codes));
        return entry -> types.contains(entry.eventId())
                && (wanted.isEmpty() || (entry.code() != null && wanted.contains(entry.code())));
    }

    private static Set<Integer> types(String commaSeparated) {
        try {
            return Call.list(commaSeparated).stream().map(Integer::valueOf).collect(Collectors.toSet());
        } catch (NumberFormatException e) {
            throw Refusal.illegal("type must be numbers with commas between them");
        }
    }

    private static ObjectNode describe(String deviceId, String currentKey, EventLog.Page page) {
        ArrayNode logs = Json.array();
        for (EventLog.Placed event : page.events()) {
            FakeLogEntry entry = event.entry();
            ObjectNode json = logs.addObject();
            if (entry.code() != null) {
                json.put("code", entry.code()).put("value", entry.value());
            }
            json.put("event_time", event.row().time())
                    .put("event_from", entry.eventFrom())
                    .put("event_id", entry.eventId())
                    .put("status", "1")
                    .put("row", event.row().key());
        }
        ObjectNode result = Json.object()
                .put("device_id", deviceId)
                .put("has_next", page.next() != null)
                .put("current_row_key", currentKey)
                .put("next_row_key", page.next() == null ? null : page.next().key());
        result.set("logs", logs);
        return result;
    }
}
