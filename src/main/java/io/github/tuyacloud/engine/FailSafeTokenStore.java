package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.engine.RegionResolver.Target;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wraps the user's token store: a failing store costs at most one more token request. */
final class FailSafeTokenStore {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private final TokenStore store;
    private final String apiKey;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The token that the cloud rejected last; it is ignored if the store still returns it. */
    private volatile @Nullable String rejected;

    FailSafeTokenStore(TokenStore store, String apiKey) {
        this.store = store;
        this.apiKey = apiKey;
    }

    @Nullable
    AccessToken load(Target target, Instant now) {
        return attempt(s -> s.load(key(target))
                        .filter(this::canBeSent)
                        .filter(token ->
                                token.expiresAt().isAfter(now) && !token.value().equals(rejected)))
                .orElse(null);
    }

    void save(Target target, AccessToken token) {
        attempt(s -> {
            s.save(key(target), token);
            return Optional.empty();
        });
    }

    /** Removes a rejected token from the store, unless another process has stored a newer one. */
    void forget(Target target, AccessToken token) {
        rejected = token.value();
        attempt(s -> {
            if (s.load(key(target))
                    .filter(stored -> stored.value().equals(token.value()))
                    .isPresent()) {
                s.clear(key(target));
            }
            return Optional.empty();
        });
    }

    /** A malformed token must not reach the header, whose error would quote it. */
    private boolean canBeSent(AccessToken token) {
        if (TokenFetch.isToken(token.value())) {
            return true;
        }
        warn("returned a malformed token");
        return false;
    }

    private String key(Target target) {
        return target.host() + "/" + apiKey;
    }

    @FunctionalInterface
    private interface Step {
        Optional<AccessToken> with(TokenStore store);
    }

    private Optional<AccessToken> attempt(Step step) {
        try {
            return step.with(store);
        } catch (RuntimeException e) {
            warn("failed (" + e.getClass().getName() + ")");
            return Optional.empty();
        }
    }

    /** Logs only the first failure: a broken store usually fails on every call. */
    private void warn(String what) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("The token store {}; continuing without it", what);
        }
    }
}
