package io.github.tuyacloud.robustness;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.support.Clients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A fake cloud for a cell of the fault table, and a client that does not wait between attempts. */
final class FaultBench implements AutoCloseable {

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(600);

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-04T12:00:00Z"), ZoneOffset.UTC);

    /** Without TLS, because each of thousands of clients would index the JDK's trusted certificates. */
    private static final OkHttpClient ROOT = new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .build();

    /** Unchanged fake clouds, which are reused. */
    private static final Queue<FakeTuyaCloud> UNCHANGED = new ConcurrentLinkedQueue<>();

    final FakeTuyaCloud fake;
    final TuyaCloud cloud;
    final Duration callTimeout;
    private final OkHttpClient http;
    private final boolean unchanged;

    /** Creates a bench; {@code unchanged} is true if the call neither changes the fake nor leaves requests behind. */
    FaultBench(String fault, @Nullable String apiDeviceId, boolean unchanged) {
        this.unchanged = unchanged;
        FakeTuyaCloud used = unchanged ? UNCHANGED.poll() : null;
        fake = used == null ? FakeTuyaCloud.builder().clock(NOON).start() : used;
        callTimeout = Faults.needsShortCalls(fault) ? SHORT : CALL_TIMEOUT;
        TuyaCloudBuilder builder = Clients.withoutWaits(fake).clock(NOON).callTimeout(callTimeout);
        if (apiDeviceId != null) {
            builder.apiDeviceId(apiDeviceId);
        }
        http = ROOT.newBuilder()
                .readTimeout(Faults.needsShortReads(fault) ? SHORT : CALL_TIMEOUT)
                .connectionPool(new ConnectionPool(8, 1, TimeUnit.SECONDS))
                .build();
        builder.httpClient(http);
        if (fault.equals(Faults.REFUSED)) {
            // The fault must hit the call itself, not the token call before it.
            builder.initialToken("0123456789abcdef0123456789abcdef");
            fake.close();
        }
        cloud = builder.build();
    }

    /** Returns the number of writes that the cloud carried out. */
    long carriedOut() {
        return fake.requests().stream()
                .filter(request -> request.executed() && !request.method().equals("GET"))
                .count();
    }

    /** Returns the number of requests, token requests not counted. */
    long businessRequests() {
        return fake.requestCount() - fake.tokenRequests();
    }

    @Override
    public void close() {
        cloud.close();
        if (unchanged) {
            UNCHANGED.add(fake.clearFaults().expireTokens().clearRequests());
        } else {
            fake.close();
        }
        http.connectionPool().evictAll();
    }

    /** Closes the fake clouds that were kept for reuse. */
    static void closeUnchanged() {
        for (FakeTuyaCloud fake = UNCHANGED.poll(); fake != null; fake = UNCHANGED.poll()) {
            fake.close();
        }
    }
}
