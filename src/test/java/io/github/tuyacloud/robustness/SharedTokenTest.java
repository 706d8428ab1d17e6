package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.ManualTime;
import io.github.tuyacloud.support.MemoryTokenStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that clients share one token through a store, and that a failing store costs one token call and one warning. */
@Timeout(60)
class SharedTokenTest {

    private static final String DEVICE = CloudCall.DEVICE;

    private final MemoryTokenStore store = new MemoryTokenStore();

    @Test
    void tokenStore_tokenExpired_isRenewedByOneClientForBoth() {
        ManualTime clock = new ManualTime();
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder().clock(clock).start();
                TuyaCloud one = Clients.withoutWaits(fake)
                        .clock(clock)
                        .tokenStore(store)
                        .build();
                TuyaCloud two = Clients.withoutWaits(fake)
                        .clock(clock)
                        .tokenStore(store)
                        .build()) {
            one.getStatus(DEVICE);
            two.getStatus(DEVICE);
            clock.advance(Duration.ofHours(3));
            two.getStatus(DEVICE);
            one.getStatus(DEVICE);
            assertThat(fake.tokenRequests()).isEqualTo(2);
            assertThat(store.all()).hasSize(2);
        }
    }

    @Test
    void tokenStore_tokenRefused_ignoresTheStoreAndSavesTheNewToken() {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud one = Clients.withoutWaits(fake).tokenStore(store).build();
                TuyaCloud two = Clients.withoutWaits(fake).tokenStore(store).build()) {
            one.getStatus(DEVICE);
            two.getStatus(DEVICE);
            fake.expireTokens();
            fake.clearRequests();
            one.getStatus(DEVICE);
            two.getStatus(DEVICE);
            assertThat(fake.tokenRequests()).isEqualTo(1);
            assertThat(fake.requestCount()).isEqualTo(5);
            assertThat(store.all()).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void tokenStore_throwing_keepsCallsWorkingWithOneWarning() {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud cloud =
                        Clients.withoutWaits(fake).tokenStore(new Broken()).build();
                CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                assertThat(cloud.getStatus(DEVICE).dataPoints()).isNotEmpty();
                fake.expireTokens();
            }
            assertThat(fake.tokenRequests()).isEqualTo(3);
            assertThat(log.lines("token store")).hasSize(1);
            assertThat(log.text()).contains("WARN").doesNotContain("the disk is full");
        }
    }

    private static final class Broken implements TokenStore {

        @Override
        public Optional<AccessToken> load(String key) {
            throw new IllegalStateException("the disk is full");
        }

        @Override
        public void save(String key, AccessToken token) {
            throw new IllegalStateException("the disk is full: " + token.value());
        }

        @Override
        public void clear(String key) {
            throw new IllegalStateException("the disk is full");
        }
    }
}
