package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.config.TokenStore.Lock;
import io.github.tuyacloud.engine.RegionResolver.Target;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds the access token: fetches it when it is first needed and after it has expired or was rejected, once for all
 * waiting callers.
 *
 * <p>A fresh token is returned without a lock. A token is not renewed ahead of time: the cloud would return the same token
 * with the same expiry.
 */
public final class TokenManager {

    private final TokenFetch fetch;
    private final @Nullable FailSafeTokenStore store;
    private final ServerClock clock;
    private final SingleFlight<Target, Held> flights = new SingleFlight<>("the access token", TokenFetch.OPERATION);

    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();

    /** The target that a token was last needed for; a late token of an earlier region is not held. */
    private volatile @Nullable Target current;

    /**
     * A token.
     *
     * @param token the token
     * @param target where it is valid
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

    /** Returns a token for the target that is valid as far as is known. */
    Held get(Target target, Deadline deadline) {
        Held fresh = fresh(target);
        return fresh != null ? fresh : new Renewal(target, deadline).run();
    }

    /**
     * Drops a token that the cloud has rejected. Only this object is dropped: if a late answer is about an old token, a newer
     * one stays, even if its text is the same.
     */
    void reject(Held token) {
        if (held.compareAndSet(token, null) && store != null) {
            store.reject(token.token());
        }
    }

    /** Returns whether a rejected token was replaced by another process, so that its token may be valid. */
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
     * One caller's way to a token, if there is no fresh one. The store is locked from before the request until the token is
     * saved, because each new token may end the one before.
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
                    // Last, so that the others do not wait for a slow store.
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

        /** Returns the stored token; null with the store locked, as far as possible, if there is no valid one. */
        private @Nullable Held stored(FailSafeTokenStore from) {
            AccessToken token = from.load(target, clock.localNow(), deadline);
            if (token == null) {
                lock = from.lock(target, deadline);
                // Another process may have renewed it meanwhile.
                token = lock == null
                        ? from.load(target, clock.localNow(), deadline)
                        : from.loadLocked(target, clock.localNow(), deadline);
            }
            return token == null ? null : new Held(token, target, true);
        }
    }
}
