package io.github.tuyacloud.support;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server that returns a prepared body for each path; it checks nothing. */
public final class ScriptedCloud implements AutoCloseable {

    /** A response to a token call. */
    public static final String TOKEN = "{\"success\":true,\"t\":1709294400000,\"result\":"
            + "{\"access_token\":\"00112233445566778899aabbccddeeff\",\"expire_time\":7200}}";

    private final MockWebServer server = new MockWebServer();
    private final Map<String, String> bodies = new LinkedHashMap<>();
    private final List<String> accessTokens = new CopyOnWriteArrayList<>();

    public ScriptedCloud() {
        bodies.put("/v1.0/token", TOKEN);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return response(request);
            }
        });
        server.setServerSocketFactory(new PromptServerSockets());
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the body for paths with this prefix; the first matching prefix counts. */
    public ScriptedCloud response(String pathPrefix, String body) {
        bodies.put(pathPrefix, body);
        return this;
    }

    public TuyaCloudBuilder client() {
        return TuyaCloud.builder()
                .endpoint("http://127.0.0.1:" + server.getPort())
                .apiKey("key0")
                .apiSecret("secret0");
    }

    /** Returns the access tokens of the requests that had one. */
    public List<String> accessTokens() {
        return accessTokens;
    }

    @Override
    public void close() {
        server.close();
    }

    private MockResponse response(RecordedRequest request) {
        String token = request.getHeaders().get("access_token");
        if (token != null) {
            accessTokens.add(token);
        }
        String body = bodies.entrySet().stream()
                .filter(entry -> request.getTarget().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }
}
