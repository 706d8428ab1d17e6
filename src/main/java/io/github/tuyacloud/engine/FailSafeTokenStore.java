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

/** Speaks to a user's token store, if there is one, in such a way that its failures cost no more than a token call. */
final class FailSafeTokenStore {

    private static final Logger LOG = LoggerFactory.getLogger(FailSafeTokenStore.class);

    private final @Nullable TokenStore store;
    private final String apiKey;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The token that the cloud rejected last; a store that still has it is not believed. */
    private volatile @Nullable String rejected;

    FailSafeTokenStore(@Nullable TokenStore store, String apiKey) {
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

    /** Takes a rejected token out of the store, unless another process has put a newer one there. */
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

    /** A damaged token must not get as far as the header, whose error would quote it. */
    private boolean canBeSent(AccessToken token) {
        if (TokenFetch.isToken(token.value())) {
            return true;
        }
        warn("holds what is no token");
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
        if (store == null) {
            return Optional.empty();
        }
        try {
            return step.with(store);
        } catch (RuntimeException e) {
            warn("failed (" + e.getClass().getName() + ")");
            return Optional.empty();
        }
    }

    /** Once is enough: a store that is broken is broken for every call. */
    private void warn(String what) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("The token store {}; going on without it", what);
        }
    }
}
