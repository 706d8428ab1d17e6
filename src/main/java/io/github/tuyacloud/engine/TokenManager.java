package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.config.TokenStore.Lock;
import io.github.tuyacloud.engine.RegionResolver.Target;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Caches the access token. Fetches it on first use and after it has expired or was rejected, once for all waiting
 * callers.
 *
 * <p>A valid token is returned without locking. It is not renewed ahead of time, because the cloud would return the
 * same token with the same expiry.
 */
public final class TokenManager {

    private final TokenFetch fetch;
    private final @Nullable FailSafeTokenStore store;
    private final ServerClock clock;
    private final SingleFlight<Target, Held> flights = new SingleFlight<>("the access token", TokenFetch.OPERATION);

    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();

    /** The target of the last renewal; a token that arrives late for an earlier region is not cached. */
    private volatile @Nullable Target current;

    /**
     * A token.
     *
     * @param token the token
     * @param target the target for which it is valid
     * @param isShared whether it comes from the store, so that another process may have replaced it
     */
    record Held(AccessToken token, Target target, boolean isShared) {}

    public TokenManager(TokenFetch fetch, @Nullable TokenStore store, ServerClock clock, String apiKey) {
        this.fetch = fetch;
        this.store = store == null ? null : new FailSafeTokenStore(store, apiKey, fetch.parts());
        this.clock = clock;
    }

    /** Sets a token from an earlier run, which is used until the cloud rejects it. */
    public void use(AccessToken token, Target target) {
        held.set(new Held(token, target, false));
    }

    /** Returns a token for the target that is neither expired nor known to be rejected. */
    Held get(Target target, Deadline deadline) {
        Held fresh = fresh(target);
        return fresh != null ? fresh : new Renewal(target, deadline).run();
    }

    /**
     * Drops a token that the cloud has rejected. Tokens are compared by identity: a late response about an old token
     * does not drop a newer one, even if its value is the same.
     */
    void reject(Held token) {
        if (held.compareAndSet(token, null) && store != null) {
            store.reject(token.token());
        }
    }

    /** Returns whether another process may have replaced a rejected token with a valid one. */
    boolean isReplaced(Held token, Deadline deadline) {
        return store != null && (token.isShared() || store.load(token.target(), clock.localNow(), deadline) != null);
    }

    private @Nullable Held fresh(Target target) {
        Held last = held.get();
        return last != null
                        && last.target() == target
                        && clock.localNow().isBefore(last.token().expiresAt())
                ? last
                : null;
    }

    /**
     * One caller's renewal of the token. The store is locked from before the request until the token is saved, because
     * each new token may invalidate the previous one.
     */
    private final class Renewal implements SingleFlight.Fetch<Held> {

        private final Target target;
        private final Deadline deadline;
        private @Nullable Held fetched;
        private @Nullable Lock lock;

        Renewal(Target target, Deadline deadline) {
            this.target = target;
            this.deadline = deadline;
        }

        Held run() {
            current = target;
            try {
                Held token = flights.get(target, deadline, this);
                if (fetched != null && store != null) {
                    // After the flight: other callers must not wait for a slow store.
                    store.save(target, fetched.token(), deadline);
                }
                return token;
            } finally {
                if (store != null) {
                    store.unlock(lock);
                }
            }
        }

        @Override
        public @Nullable Held known() {
            return fresh(target);
        }

        @Override
        public Held fetch() {
            Held token = store == null ? null : stored(store);
            if (token == null) {
                token = new Held(fetch.fetch(target, deadline), target, false);
                fetched = token;
            }
            if (current == target) {
                held.set(token);
            }
            return token;
        }

        /** Returns the stored token. If there is no valid one, tries to lock the store and returns null. */
        private @Nullable Held stored(FailSafeTokenStore from) {
            AccessToken token = from.load(target, clock.localNow(), deadline);
            if (token == null) {
                lock = from.lock(target, deadline);
                // Another process may have renewed the token while this one waited.
                token = lock == null
                        ? from.load(target, clock.localNow(), deadline)
                        : from.loadLocked(target, clock.localNow(), deadline);
            }
            return token == null ? null : new Held(token, target, true);
        }
    }
}
