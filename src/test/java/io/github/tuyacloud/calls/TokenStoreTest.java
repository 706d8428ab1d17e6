package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.support.BackgroundCall;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.ManualTime;
import io.github.tuyacloud.support.MemoryTokenStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that clients with one token store share one token, and work if the store fails. */
class TokenStoreTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;

    private final MemoryTokenStore store = new MemoryTokenStore();

    @Test
    void call_firstClient_savesTokenUnderHostAndClientId() {
        use(client().tokenStore(store));

        cloud.getStatus(PLUG);

        String token = requests().get(0).header("access_token");
        assertThat(store.byKey())
                .containsExactly(Map.entry(
                        "127.0.0.1:" + fake.port() + "/" + fake.apiKey(),
                        new AccessToken(token, ManualTime.START.plusSeconds(7200))));
        assertThat(store.byKey().keySet().toString()).doesNotContain(fake.apiSecret());
    }

    @Test
    void call_secondClient_takesTheTokenFromTheStore() {
        use(client().tokenStore(store)).getStatus(PLUG);
        use(client().tokenStore(store)).getStatus(PLUG);

        assertThat(fake.tokenRequests()).isEqualTo(1);
    }

    @Test
    void call_tokenInTheStoreRejected_isClearedAndReplaced() {
        use(client().tokenStore(store)).getStatus(PLUG);
        fake.expireTokens();
        fake.clearRequests();
        use(client().tokenStore(store)).getStatus(PLUG);

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(1010, 0, 0);
        assertThat(store.byKey().values())
                .extracting(AccessToken::value)
                .containsExactly(requests().get(1).header("access_token"));
    }

    @Test
    void call_tokenInTheStoreExpired_isReplaced() {
        use(client().tokenStore(store)).getStatus(PLUG);
        time.advance(Duration.ofHours(2));
        fake.clearRequests();
        use(client().tokenStore(store)).getStatus(PLUG);

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(0, 0);
    }

    @Test
    void call_malformedTokenInTheStore_isReplacedWithOneWarning() {
        store.byKey()
                .put(
                        "127.0.0.1:" + fake.port() + "/" + fake.apiKey(),
                        new AccessToken("abcdef0123456789SECRET\n", ManualTime.START.plusSeconds(7200)));
        use(client().tokenStore(store));

        String logged = logOf(() -> {
            cloud.getStatus(PLUG);
            fake.expireTokens();
            store.byKey().replaceAll((key, good) -> new AccessToken(good.value() + "\n", good.expiresAt()));
            cloud.getStatus(PLUG);
        });

        assertThat(logged).containsOnlyOnce("WARN").contains("The token store returned a malformed token");
        assertThat(logged).doesNotContain("SECRET");
        assertThat(store.byKey().values())
                .extracting(AccessToken::value)
                .containsExactly(requests().get(2).header("access_token"));
    }

    @Test
    void call_otherProcessSavedANewerToken_usesThatOne() {
        use(client().tokenStore(store)).getStatus(PLUG);
        fake.expireTokens();
        try (TuyaCloud other = client().build()) {
            other.getStatus(PLUG);
        }
        String newer = requests().get(1).header("access_token");
        store.byKey().replaceAll((key, old) -> new AccessToken(newer, ManualTime.START.plusSeconds(7200)));
        fake.clearRequests();

        cloud.getStatus(PLUG);

        assertThat(fake.tokenRequests()).isZero();
        assertThat(requests()).extracting(FakeRequest::code).containsExactly(1010, 0);
        assertThat(store.byKey()).hasSize(1);
    }

    private static String logOf(Runnable calls) {
        try (CapturedLog log = new CapturedLog()) {
            calls.run();
            return log.text();
        }
    }

    @Test
    void toString_token_showsNoValue() {
        assertThat(new AccessToken("TOP-SECRET", ManualTime.START).toString())
                .isEqualTo("AccessToken[value=***, expiresAt=2024-03-01T12:00:00Z]");
    }

    @Test
    @Timeout(60)
    void call_storeSavesSlowly_blocksNoOtherCall() throws Exception {
        CountDownLatch saving = new CountDownLatch(1);
        CountDownLatch saved = new CountDownLatch(1);
        use(client().tokenStore(new TokenStore() {
            @Override
            public Optional<AccessToken> load(String key) {
                return Optional.empty();
            }

            @Override
            public void save(String key, AccessToken token) {
                saving.countDown();
                try {
                    saved.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void clear(String key) {}
        }));
        BackgroundCall<?> first = BackgroundCall.start(() -> cloud.getStatus(PLUG));
        saving.await();

        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();

        saved.countDown();
        assertThat(first.result()).isNotNull();
        assertThat(fake.tokenRequests()).isEqualTo(1);
        assertThat(requests()).hasSize(2);
    }
}
