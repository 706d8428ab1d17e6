package io.github.tuyacloud.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A minimal client for a few calls, written without a library: OkHttp, a signature by hand, and Jackson's trees; no
 * retries, no token renewal, no error handling. It shows the minimum cost of a call.
 */
public final class BareClient {

    private static final String NO_BODY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final HexFormat LOWER = HexFormat.of();
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int LOG_PAGE = 100;
    private static final int FACTORY_BATCH = 50;

    private final OkHttpClient http;
    private final ObjectMapper mapper = new ObjectMapper();
    private final String endpoint;
    private final Mac prototype;
    private volatile String token = "";

    /** Creates a client; nothing is sent yet. */
    public BareClient(OkHttpClient http, String endpoint) {
        this.http = http;
        this.endpoint = endpoint;
        try {
            prototype = Mac.getInstance("HmacSHA256");
            prototype.init(new SecretKeySpec(Clients.API_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the values of a device. */
    public JsonNode status(String deviceId) {
        return get("/v1.0/iot-03/devices/" + deviceId + "/status");
    }

    /** Lists all devices with factory infos and the specification of their products, one tree for each product. */
    public Collection<ObjectNode> devicesWithMaps() {
        Map<String, ObjectNode> devices = new LinkedHashMap<>();
        Map<String, JsonNode> maps = new HashMap<>();
        String key = "";
        for (boolean more = true; more; ) {
            JsonNode page = get("/v1.0/iot-01/associated-users/devices?"
                    + (key.isEmpty() ? "" : "last_row_key=" + key + "&") + "size=100");
            for (JsonNode device : page.get("devices")) {
                String id = device.get("id").asText();
                JsonNode map = maps.computeIfAbsent(
                        device.get("product_id").asText(), product -> get("/v1.1/devices/" + id + "/specifications"));
                ((ObjectNode) device).set("mapping", map);
                devices.put(id, (ObjectNode) device);
            }
            more = page.get("has_more").asBoolean();
            key = page.get("last_row_key").asText();
        }
        List<String> ids = List.copyOf(devices.keySet());
        for (int from = 0; from < ids.size(); from += FACTORY_BATCH) {
            List<String> batch = ids.subList(from, Math.min(ids.size(), from + FACTORY_BATCH));
            get("/v1.0/devices/factory-infos?device_ids=" + String.join(",", batch))
                    .forEach(info -> devices.get(info.get("id").asText()).setAll((ObjectNode) info));
        }
        return devices.values();
    }

    /** Reads a log page by page; each page is passed on before the next one is fetched. */
    public void log(String deviceId, long start, long end, Consumer<JsonNode> eachPage) {
        String path = "/v1.0/devices/" + deviceId + "/logs";
        String before = "end_time=" + end + "&query_type=1&size=" + LOG_PAGE;
        String after = "&start_time=" + start + "&type=1,2,3,4,5,6,7,8,9,10";
        JsonNode page = get(path + "?" + before + after);
        eachPage.accept(page.get("logs"));
        while (page.get("has_next").asBoolean()) {
            String key = page.get("next_row_key").asText();
            page = get(path + "?" + before + "&start_row_key=" + key + after);
            eachPage.accept(page.get("logs"));
        }
    }

    /** Reads a log into one list. */
    public List<JsonNode> log(String deviceId, long start, long end) {
        List<JsonNode> entries = new ArrayList<>();
        log(deviceId, start, end, page -> page.forEach(entries::add));
        return entries;
    }

    /** Switches a device on or off. */
    public boolean command(String deviceId, String code, boolean value) {
        byte[] body = ("{\"commands\":[{\"code\":\"" + code + "\",\"value\":" + value + "}]}")
                .getBytes(StandardCharsets.UTF_8);
        fetchToken();
        return send("/v1.0/iot-03/devices/" + deviceId + "/commands", body, token)
                .asBoolean();
    }

    /** Sends a GET request; keys must be sorted and values must need no escapes. */
    JsonNode get(String target) {
        fetchToken();
        return send(target, null, token);
    }

    private void fetchToken() {
        if (token.isEmpty()) {
            synchronized (this) {
                if (token.isEmpty()) {
                    token = send("/v1.0/token?grant_type=1", null, "")
                            .get("access_token")
                            .asText();
                }
            }
        }
    }

    private JsonNode send(String target, byte @Nullable [] body, String accessToken) {
        String t = Long.toString(System.currentTimeMillis());
        Request.Builder request = new Request.Builder()
                .url(HttpUrl.get(endpoint + target))
                .header("client_id", Clients.API_KEY)
                .header("sign", sign(target, body, accessToken, t))
                .header("sign_method", "HMAC-SHA256")
                .header("t", t)
                .header("Content-Type", "application/json");
        if (!accessToken.isEmpty()) {
            request.header("access_token", accessToken);
        }
        if (body != null) {
            request.post(RequestBody.create(body, JSON));
        }
        try (Response response = http.newCall(request.build()).execute()) {
            JsonNode envelope = mapper.readTree(response.body().byteStream());
            if (!envelope.path("success").asBoolean()) {
                throw new IllegalStateException(envelope.toString());
            }
            return envelope.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String sign(String target, byte @Nullable [] body, String accessToken, String t) {
        try {
            String start = body == null
                    ? "GET\n" + NO_BODY_HASH
                    : "POST\n"
                            + LOWER.formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(body));
            String text = Clients.API_KEY + accessToken + t + start + "\n\n" + target;
            Mac mac = (Mac) prototype.clone();
            return HEX.formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
