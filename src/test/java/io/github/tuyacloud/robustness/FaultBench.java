package io.github.tuyacloud.robustness;

import io.github.tuyacloud.BuilderHooks;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A fake cloud of its own for each cell of the fault table, and a client that waits for nothing between attempts. */
final class FaultBench implements AutoCloseable {

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(600);

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-04T12:00:00Z"), ZoneOffset.UTC);

    /** Reads the computer's certificates once, and not for each of thousands of clients. */
    private static final OkHttpClient ROOT = new OkHttpClient();

    final FakeTuyaCloud fake = FakeTuyaCloud.builder().clock(NOON).start();
    final TuyaCloud cloud;
    final Duration callTimeout;
    private final OkHttpClient http;

    FaultBench(String fault, @Nullable String apiDeviceId) {
        callTimeout = Faults.needsShortCalls(fault) ? SHORT : CALL_TIMEOUT;
        TuyaCloudBuilder builder = BuilderHooks.withoutWaits(TuyaCloud.builder())
                .endpoint(fake.endpoint())
                .apiKey(fake.apiKey())
                .apiSecret(fake.apiSecret())
                .clock(NOON)
                .callTimeout(callTimeout);
        if (apiDeviceId != null) {
            builder.apiDeviceId(apiDeviceId);
        }
        http = ROOT.newBuilder()
                .readTimeout(Faults.needsShortReads(fault) ? SHORT : CALL_TIMEOUT)
                .connectionPool(new ConnectionPool(8, 1, TimeUnit.SECONDS))
                .build();
        builder.httpClient(http);
        if (fault.equals(Faults.REFUSED)) {
            // The call itself is to meet it, and not the one for a token before it.
            builder.initialToken("0123456789abcdef0123456789abcdef");
            fake.close();
        }
        cloud = builder.build();
    }

    /** How many writes were carried out, as the cloud itself knows. */
    long carriedOut() {
        return fake.requests().stream()
                .filter(request -> request.executed() && !request.method().equals("GET"))
                .count();
    }

    /** How many requests came for anything but a token. */
    long businessRequests() {
        return fake.requestCount() - fake.tokenRequests();
    }

    @Override
    public void close() {
        cloud.close();
        fake.close();
        http.connectionPool().evictAll();
    }
}
