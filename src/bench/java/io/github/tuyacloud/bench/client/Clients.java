package io.github.tuyacloud.bench.client;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Creates the clients to compare, on equal terms: HTTP/1.1, and a pool that keeps a connection for each thread. */
public final class Clients {

    /** The project's access id. */
    public static final String API_KEY = "fakeapikey0123456789";

    /** The project's secret. */
    public static final String API_SECRET = "0123456789abcdef0123456789abcdef";

    /** The number of threads in cases with many threads. */
    public static final int THREADS = 32;

    private Clients() {}

    /** Creates the library with an OkHttp client like that of the bare one. */
    public static TuyaCloud library(String endpoint) {
        return options(endpoint).httpClient(pooled(THREADS)).build();
    }

    /** Creates the library with its defaults. */
    public static TuyaCloud libraryByDefault(String endpoint) {
        return options(endpoint).build();
    }

    /** Creates bare OkHttp. */
    public static BareClient bare(String endpoint) {
        return bare(endpoint, THREADS);
    }

    /** Creates bare OkHttp with a pool for the given number of threads. */
    public static BareClient bare(String endpoint, int threads) {
        return new BareClient(pooled(threads), endpoint);
    }

    static OkHttpClient.Builder builder() {
        return new OkHttpClient.Builder().protocols(List.of(Protocol.HTTP_1_1));
    }

    private static OkHttpClient pooled(int threads) {
        return builder()
                .connectionPool(new ConnectionPool(threads, 5, TimeUnit.MINUTES))
                .build();
    }

    private static TuyaCloudBuilder options(String endpoint) {
        return TuyaCloud.builder()
                .region("eu")
                .endpoint(endpoint)
                .apiKey(API_KEY)
                .apiSecret(API_SECRET);
    }
}
