package io.github.tuyacloud.journeys;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Quirk;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/** A fake cloud with quirks and a client of it, both on a fixed clock, so that all runs are equal. */
final class JourneyWorld implements AutoCloseable {
    /** Without TLS, because each client would index the JDK's trusted certificates. */
    private static final OkHttpClient HTTP = new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .build();

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    final FakeTuyaCloud fake;
    final TuyaCloud cloud;

    JourneyWorld(Quirk... quirks) {
        fake = FakeTuyaCloud.builder()
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .quirks(quirks)
                .start();
        cloud = client().build();
    }

    TuyaCloudBuilder client() {
        return TuyaCloud.builder()
                .endpoint(fake.endpoint())
                .region("eu")
                .apiKey(fake.apiKey())
                .apiSecret(fake.apiSecret())
                .retryPolicy(RetryPolicy.none())
                .httpClient(HTTP)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Override
    public void close() {
        cloud.close();
        fake.close();
    }
}
