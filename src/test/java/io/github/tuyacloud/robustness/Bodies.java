package io.github.tuyacloud.robustness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.support.Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Response bodies to corrupt, by path: the fake cloud's response to every call, and recorded ones if available. */
final class Bodies {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST = 20_000;
    private static final int LONGEST_LIST = 4;

    private final Map<String, byte[]> byPath = new TreeMap<>();
    private final List<byte[]> all = new ArrayList<>();

    private Bodies() {}

    /** Runs every call against a fake cloud; adds the JSON files in the folder that {@code realResponses} names. */
    static Bodies collect() throws IOException {
        Bodies bodies = new Bodies();
        OkHttpClient http =
                new OkHttpClient.Builder().addInterceptor(bodies::record).build();
        for (CloudCall call : CloudCall.all()) {
            String owner = call.apiDeviceId() == null ? "" : call.apiDeviceId();
            // Each call gets a fresh fake cloud because some calls change it.
            try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                    TuyaCloud cloud = Clients.withoutWaits(fake)
                            .httpClient(http)
                            .apiDeviceId(owner)
                            .build()) {
                call.call().apply(cloud);
            }
        }
        http.connectionPool().evictAll();
        bodies.byPath.replaceAll((path, body) -> shortened(body));
        bodies.all.addAll(bodies.byPath.values());
        String folder = System.getProperty("realResponses");
        if (folder != null) {
            bodies.addFiles(Path.of(folder));
        }
        return bodies;
    }

    int size() {
        return all.size();
    }

    /** Returns a body for a path, usually one recorded for it. */
    byte[] pick(String path, Random random) {
        byte[] own = byPath.get(path);
        return own != null && random.nextInt(8) != 0 ? own : all.get(random.nextInt(all.size()));
    }

    /** Returns the body recorded for a path. */
    byte[] right(String path) {
        return byPath.getOrDefault(path, new byte[0]);
    }

    private Response record(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        synchronized (byPath) {
            byPath.put(
                    chain.request().url().encodedPath(),
                    response.peekBody(Long.MAX_VALUE).bytes());
        }
        return response;
    }

    private void addFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".json")).sorted().forEach(file -> {
                try {
                    byte[] body = Files.readAllBytes(file);
                    if (body.length < LONGEST) {
                        all.add(body);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Shortens long lists, which make mutations slower without finding more. */
    private static byte[] shortened(byte[] body) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            shorten(tree);
            return MAPPER.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void shorten(JsonNode node) {
        while (node instanceof ArrayNode array && array.size() > LONGEST_LIST) {
            array.remove(array.size() - 1);
        }
        node.forEach(Bodies::shorten);
    }
}
