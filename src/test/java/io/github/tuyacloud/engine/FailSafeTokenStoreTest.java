package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.config.TokenStore.Lock;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.ManualTime;
import io.github.tuyacloud.support.MemoryTokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which tokens of a store are accepted, and that a failing store breaks nothing. */
class FailSafeTokenStoreTest {

    private static final Target HERE = ScriptedExchange.TARGET;
    private static final Instant NOW = ManualTime.START;
    private static final String KEY = "openapi.tuyaeu.com/key0";

    private final ScriptedExchange exchange = new ScriptedExchange();
    private final MemoryTokenStore memory = new MemoryTokenStore();
    private final Map<String, AccessToken> kept = memory.byKey();
    private final FailSafeTokenStore store =
            new FailSafeTokenStore(memory, "key0", exchange.tokenLoop().parts());

    @Test
    void load_savedToken_isFoundUnderHostAndClientId() {
        AccessToken token = new AccessToken("a1", NOW.plusNanos(1));
        store.save(HERE, token, deadline());

        assertThat(kept).containsOnlyKeys(KEY);
        assertThat(store.load(HERE, NOW, deadline())).isSameAs(token);
    }

    @Test
    void load_nothingThere_isNull() {
        assertThat(store.load(HERE, NOW, deadline())).isNull();
    }

    @Test
    void load_expiredToken_isIgnored() {
        kept.put(KEY, new AccessToken("a1", NOW));

        assertThat(store.load(HERE, NOW, deadline())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1\n", "a 1", "a\u007f", "a\u00e4"})
    void load_tokenInvalidInAHeader_isIgnored(String value) {
        kept.put(KEY, new AccessToken(value, NOW.plusSeconds(60)));

        assertThat(store.load(HERE, NOW, deadline())).isNull();
    }

    @Test
    void load_rejectedTokenSavedByAnotherProcess_isIgnored() {
        AccessToken token = new AccessToken("a1", NOW.plusSeconds(60));
        store.reject(token);
        kept.put(KEY, token);
        assertThat(store.load(HERE, NOW, deadline())).isNull();

        kept.put(KEY, new AccessToken("a2", NOW.plusSeconds(60)));
        assertThat(store.load(HERE, NOW, deadline()).value()).isEqualTo("a2");
    }

    @Test
    void load_rejectedTokenIssuedOnceMore_isFound() {
        AccessToken token = new AccessToken("a1", NOW.plusSeconds(60));
        store.reject(token);
        store.save(HERE, token, deadline());

        assertThat(store.load(HERE, NOW, deadline())).isSameAs(token);
    }

    @Test
    void loadLocked_rejectedToken_isRemoved() {
        AccessToken token = new AccessToken("a1", NOW.plusSeconds(60));
        kept.put(KEY, token);
        store.reject(token);
        assertThat(store.load(HERE, NOW, deadline())).isNull();
        assertThat(kept).isNotEmpty();

        assertThat(store.loadLocked(HERE, NOW, deadline())).isNull();

        assertThat(kept).isEmpty();
    }

    @Test
    void loadLocked_newerToken_isFoundAndKept() {
        kept.put(KEY, new AccessToken("a2", NOW.plusSeconds(60)));
        store.reject(new AccessToken("a1", NOW.plusSeconds(60)));

        assertThat(store.loadLocked(HERE, NOW, deadline()).value()).isEqualTo("a2");
        assertThat(kept).isNotEmpty();
    }

    @Test
    void lock_heldByAnotherProcess_isNullWithAWarning() {
        List<Duration> timeouts = new ArrayList<>();
        FailSafeTokenStore busy = lockedBy((key, timeout) -> {
            assertThat(key).isEqualTo(KEY);
            timeouts.add(timeout);
            return Optional.empty();
        });

        try (CapturedLog log = new CapturedLog()) {
            assertThat(busy.lock(HERE, deadline())).isNull();

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("The token store was locked by another process for 10 s; continuing without it");
            assertThat(busy.lock(HERE, deadline())).isNull();
            assertThat(timeouts).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(1));
        }
    }

    @Test
    @Timeout(20)
    void lock_acquiredAfterTheCallerGaveUp_isReleased() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        FailSafeTokenStore slow = lockedBy((key, timeout) -> {
            awaitIgnoringInterrupts(gone);
            return Optional.of(closed::countDown);
        });

        assertThat(slow.lock(HERE, exchange.deadline(Duration.ofMillis(40)))).isNull();
        gone.countDown();

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Timeout(20)
    void unlock_whileAnotherMethodHangs_unlocks() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        FailSafeTokenStore hanging = lockedBy((key, timeout) -> {
            awaitIgnoringInterrupts(end);
            return Optional.empty();
        });
        hanging.lock(HERE, exchange.deadline(Duration.ofMillis(40)));

        hanging.unlock(closed::countDown);

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        end.countDown();
    }

    @Test
    void store_throwing_actsAsEmpty() {
        FailSafeTokenStore broken = new FailSafeTokenStore(
                new TokenStore() {
                    @Override
                    public Optional<AccessToken> load(String key) {
                        throw new IllegalStateException("disk");
                    }

                    @Override
                    public void save(String key, AccessToken token) {
                        throw new IllegalStateException("disk");
                    }

                    @Override
                    public void clear(String key) {
                        throw new IllegalStateException("disk");
                    }
                },
                "key0",
                exchange.tokenLoop().parts());
        AccessToken token = new AccessToken("a1", NOW.plusSeconds(60));

        broken.save(HERE, token, deadline());
        broken.reject(token);

        assertThat(broken.load(HERE, NOW, deadline())).isNull();
        assertThat(broken.loadLocked(HERE, NOW, deadline())).isNull();
    }

    private Deadline deadline() {
        return exchange.deadline(Duration.ofSeconds(30));
    }

    private interface Locking {
        Optional<Lock> lock(String key, Duration timeout);
    }

    private FailSafeTokenStore lockedBy(Locking locking) {
        return new FailSafeTokenStore(
                new MemoryTokenStore() {
                    @Override
                    public Optional<Lock> lock(String key, Duration timeout) {
                        return locking.lock(key, timeout);
                    }
                },
                "key0",
                exchange.tokenLoop().parts());
    }

    private static void awaitIgnoringInterrupts(CountDownLatch latch) {
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
