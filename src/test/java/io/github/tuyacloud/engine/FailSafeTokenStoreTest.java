package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.engine.RegionResolver.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which tokens of a store are accepted, and that a failing store breaks nothing. */
class FailSafeTokenStoreTest {

    private static final Target HERE = ScriptedExchange.TARGET;
    private static final Instant NOW = ScriptedExchange.START;
    private static final String KEY = "openapi.tuyaeu.com/key0";

    private final ScriptedExchange exchange = new ScriptedExchange();
    private final Map<String, AccessToken> kept = new HashMap<>();
    private final FailSafeTokenStore store = new FailSafeTokenStore(
            new TokenStore() {
                @Override
                public Optional<AccessToken> load(String key) {
                    return Optional.ofNullable(kept.get(key));
                }

                @Override
                public void save(String key, AccessToken token) {
                    kept.put(key, token);
                }

                @Override
                public void clear(String key) {
                    kept.remove(key);
                }
            },
            "key0",
            exchange.tokenLoop().parts());

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
        store.forget(HERE, token, deadline());
        kept.put(KEY, token);
        assertThat(store.load(HERE, NOW, deadline())).isNull();

        kept.put(KEY, new AccessToken("a2", NOW.plusSeconds(60)));
        assertThat(store.load(HERE, NOW, deadline()).value()).isEqualTo("a2");
    }

    @Test
    void forget_storedToken_clearsIt() {
        kept.put(KEY, new AccessToken("a1", NOW.plusSeconds(60)));

        store.forget(HERE, new AccessToken("a1", NOW), deadline());

        assertThat(kept).isEmpty();
    }

    @Test
    void forget_newerTokenStored_keepsIt() {
        kept.put(KEY, new AccessToken("a2", NOW.plusSeconds(60)));

        store.forget(HERE, new AccessToken("a1", NOW.plusSeconds(60)), deadline());

        assertThat(kept.get(KEY).value()).isEqualTo("a2");
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
        broken.forget(HERE, token, deadline());

        assertThat(broken.load(HERE, NOW, deadline())).isNull();
    }

    private Deadline deadline() {
        return exchange.deadline(Duration.ofSeconds(30));
    }
}
