package io.github.tuyacloud.bench.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the response to a request. Each response is created once, except log pages, of which there are too many. */
final class Responses {

    private static final String LOGS = "/logs";

    private final Map<String, byte[]> made = new ConcurrentHashMap<>();
    private volatile DeviceResponses devices = new DeviceResponses();
    private final LogResponses logs = new LogResponses();

    /** Changes the number of devices. */
    void devices(int count) {
        devices = new DeviceResponses(count);
        made.clear();
    }

    /** Returns the whole response, head and body. */
    byte[] to(String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return path.endsWith(LOGS)
                ? http(logs.page(segment(path, 3), query(target.substring(mark + 1))))
                : made.computeIfAbsent(target, key -> http(body(path, query(mark < 0 ? "" : key.substring(mark + 1)))));
    }

    private String body(String path, Map<String, String> query) {
        if (path.equals("/v1.0/token")) {
            return "{\"access_token\":\"3f4eda2bdec17232f67c0b188af3eec1\",\"expire_time\":7200,"
                    + "\"refresh_token\":\"36c4d2bdec17232f67c0b188af3eec13\",\"uid\":\"bay1588925778000AbCd\"}";
        }
        if (path.endsWith("/commands")) {
            return "true";
        }
        if (path.endsWith("/status")) {
            return DeviceResponses.STATUS;
        }
        if (path.endsWith("/specifications")) {
            return DeviceResponses.SPECIFICATION;
        }
        if (path.endsWith("/factory-infos")) {
            return devices.factoryInfos(query.get("device_ids").split(","));
        }
        return path.equals("/v1.3/iot-03/devices")
                ? devices.ofUser(query.get("source_id"), number(query, "page_size"), query.get("last_row_key"))
                : devices.linked(number(query, "size"), query.get("last_row_key"));
    }

    static int number(Map<String, String> query, String name) {
        return Integer.parseInt(query.get(name));
    }

    private static String segment(String path, int number) {
        return path.split("/")[number];
    }

    private static Map<String, String> query(String encoded) {
        Map<String, String> query = new HashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static byte[] http(String result) {
        String body = "{\"result\":" + result
                + ",\"success\":true,\"t\":1692564875472,\"tid\":\"c50e32a13f9b11ee9a70760d0d3c40d3\"}";
        String head = "HTTP/1.1 200 OK\r\nDate: Fri, 01 Aug 2025 08:00:00 GMT\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\nConnection: keep-alive\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.ISO_8859_1);
    }
}
