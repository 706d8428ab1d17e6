package io.github.tuyacloud.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that a DNS lookup that never ends does not block later calls. */
@Tag("hostile")
@Timeout(120)
class LostLookupTest {

    @Test
    void lookup_neverEnds_isReplacedByLaterCalls() {
        AtomicInteger lookups = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        OkHttpClient http = new OkHttpClient.Builder()
                .dns(host -> {
                    if (lookups.incrementAndGet() == 1) {
                        awaitStubbornly(never);
                    }
                    return List.of(InetAddress.getLoopbackAddress());
                })
                .build();
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud cloud = TuyaCloud.builder()
                        .endpoint("http://localhost:" + fake.port())
                        .apiKey(fake.apiKey())
                        .apiSecret(fake.apiSecret())
                        .callTimeout(Duration.ofSeconds(3))
                        .httpClient(http)
                        .build()) {
            int failed = 0;
            boolean works = false;
            while (!works && failed < 20) {
                try {
                    works = !cloud.getStatus(DemoWorld.PLUG).dataPoints().isEmpty();
                } catch (TuyaTransportException e) {
                    failed++;
                }
            }

            assertThat(failed).isBetween(1, 5);
            assertThat(lookups).hasValue(2);
        }
        never.countDown();
    }

    private static void awaitStubbornly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Ignored on purpose.
            }
        }
    }
}
