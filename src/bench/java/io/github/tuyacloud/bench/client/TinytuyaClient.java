package io.github.tuyacloud.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/**
 * Lists devices as Python's tinytuya does: a new connection for every call, its page sizes, and one call after another.
 * It is faster than the original: it does not read root certificates for each call, and resumes TLS sessions.
 */
public final class TinytuyaClient {

    private static final int PAGE_SIZE = 50;
    private static final int USER_PAGE_SIZE = 75;
    private static final int BATCH_SIZE = 50;

    private final BareClient calls;

    /** Creates a client; nothing is sent yet. */
    public TinytuyaClient(String endpoint) {
        OkHttpClient http = Clients.builder()
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                .build();
        this.calls = new BareClient(http, endpoint);
    }

    /** Lists all devices with factory infos and specifications; returns their number. */
    public int devicesWithMaps() {
        Map<String, JsonNode> devices = new LinkedHashMap<>();
        Set<String> users = new LinkedHashSet<>();
        for (JsonNode device : pages("/v1.0/iot-01/associated-users/devices", "size=" + PAGE_SIZE, "devices")) {
            devices.put(device.get("id").asText(), device);
            users.add(device.get("uid").asText());
        }
        for (String user : users) {
            String query = "page_size=" + USER_PAGE_SIZE + "&source_id=" + user + "&source_type=tuyaUser";
            pages("/v1.3/iot-03/devices", query, "list")
                    .forEach(device -> devices.putIfAbsent(device.get("id").asText(), device));
        }
        List<String> ids = new ArrayList<>(devices.keySet());
        for (int from = 0; from < ids.size(); from += BATCH_SIZE) {
            List<String> batch = ids.subList(from, Math.min(ids.size(), from + BATCH_SIZE));
            calls.get("/v1.0/devices/factory-infos?device_ids=" + String.join(",", batch));
        }
        Map<String, String> products = new LinkedHashMap<>();
        devices.forEach(
                (id, device) -> products.putIfAbsent(device.get("product_id").asText(), id));
        products.values().forEach(id -> calls.get("/v1.1/devices/" + id + "/specifications"));
        return devices.size();
    }

    private List<JsonNode> pages(String path, String query, String listName) {
        List<JsonNode> all = new ArrayList<>();
        String key = "";
        boolean more = true;
        while (more) {
            JsonNode page = calls.get(path + "?" + (key.isEmpty() ? "" : "last_row_key=" + key + "&") + query);
            page.get(listName).forEach(all::add);
            more = page.get("has_more").asBoolean();
            key = page.get("last_row_key").asText();
        }
        return all;
    }
}
