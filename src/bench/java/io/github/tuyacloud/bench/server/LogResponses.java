package io.github.tuyacloud.bench.server;

import java.util.Map;

/**
 * Writes log pages, newest entry first, for three devices whose logs the benchmarks read: one with events spread evenly
 * over a day, one with the same number bunched in a minute of it, and one with a million.
 */
public final class LogResponses {

    /** The device with 5,000 events, spread evenly. */
    public static final String EVEN = "bfevenlyspread000000";

    /** The device with 5,000 events within a minute. */
    public static final String BUNCHED = "bfbunched00000000000";

    /** The device with a million events. */
    public static final String HUGE = "bfhuge00000000000000";

    /** The end of the day that contains all events. */
    public static final long END = 1_700_000_000_000L;

    /** The length of the day. */
    public static final long SPAN = 86_400_000L;

    private static final int MANY = 5_000;
    private static final int MILLION = 1_000_000;
    private static final long MINUTE = 60_000L;

    private final Map<String, Log> logs = Map.of(
            EVEN, new Log(MANY, END - 1, SPAN),
            BUNCHED, new Log(MANY, END - 5 * 60 * MINUTE, MINUTE),
            HUGE, new Log(MILLION, END - 1, SPAN));

    /** A number of events, evenly spread over a span that ends with the newest. */
    private record Log(int count, long newest, long span) {

        long time(int index) {
            return newest - span * index / count;
        }

        /** Returns the first event, counted from the newest, that is not after a moment. */
        int firstNotAfter(long moment) {
            int low = 0;
            int high = count;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (time(middle) > moment) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    String page(String device, Map<String, String> query) {
        Log log = logs.get(device);
        String rowKey = query.get("start_row_key");
        int from = rowKey == null
                ? log.firstNotAfter(Long.parseLong(query.get("end_time")))
                : Integer.parseInt(rowKey.substring(1));
        int end = log.firstNotAfter(Long.parseLong(query.get("start_time")) - 1);
        int to = Math.min(end, from + Responses.number(query, "size"));
        StringBuilder json = new StringBuilder(13_000)
                .append("{\"device_id\":\"")
                .append(device)
                .append('"');
        json.append(",\"has_next\":").append(to < end).append(",\"current_row_key\":\"\",\"next_row_key\":");
        if (to < end) {
            json.append("\"r").append(to).append('"');
        } else {
            json.append("null");
        }
        json.append(",\"logs\":[");
        for (int index = from; index < to; index++) {
            json.append(index > from ? "," : "");
            json.append("{\"code\":\"cur_power\",\"value\":\"").append(index);
            json.append("\",\"event_time\":").append(log.time(index));
            json.append(",\"event_from\":\"1\",\"event_id\":7,\"status\":\"1\"}");
        }
        return json.append("]}").toString();
    }
}
