package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
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
    private final SingleFlight<Target, AccessToken> flights =
            new SingleFlight<>("the access token", TokenFetch.OPERATION);

    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();

    /** The target that a token was last needed for; a late token of an earlier region is not held. */
    private volatile @Nullable Target current;

    /** A token and the target that it is valid for. */
    private record Held(AccessToken token, Target target) {}

    public TokenManager(TokenFetch fetch, @Nullable TokenStore store, ServerClock clock, String apiKey) {
        this.fetch = fetch;
        this.store = store == null ? null : new FailSafeTokenStore(store, apiKey, fetch.parts());
        this.clock = clock;
    }

    /** Sets a token from an earlier run, which is used until the cloud rejects it. */
    public void use(AccessToken token, Target target) {
        held.set(new Held(token, target));
    }

    /** Returns a token for the target that is valid as far as is known. */
    AccessToken get(Target target, Deadline deadline) {
        AccessToken fresh = fresh(target);
        return fresh != null ? fresh : new Renewal(target, deadline).run();
    }

    /**
     * Drops a token that the cloud has rejected. Only this object is dropped: if a late answer is about an old token, a newer
     * one stays, even if its text is the same.
     *
     * @return whether it was dropped and must be forgotten
     */
    boolean reject(AccessToken token) {
        Held rejected = held.get();
        return rejected != null && rejected.token() == token && held.compareAndSet(rejected, null);
    }

    /** Removes a rejected token from the store, which may take a part of the call timeout. */
    void forget(Target target, AccessToken token, Deadline deadline) {
        if (store != null) {
            store.forget(target, token, deadline);
        }
    }

    private @Nullable AccessToken fresh(Target target) {
        Held last = held.get();
        return last != null
                        && last.target() == target
                        && clock.localNow().isBefore(last.token().expiresAt())
                ? last.token()
                : null;
    }

    /** One caller's way to a token, if there is no fresh one. */
    private final class Renewal implements SingleFlight.Fetch<AccessToken> {

        private final Target target;
        private final Deadline deadline;
        private @Nullable AccessToken fetched;

        Renewal(Target target, Deadline deadline) {
            this.target = target;
            this.deadline = deadline;
        }

        AccessToken run() {
            current = target;
            AccessToken token = flights.get(target, deadline, this);
            if (fetched != null && store != null) {
                // Last, so that the others do not wait for a slow store.
                store.save(target, fetched, deadline);
            }
            return token;
        }

        @Override
        public @Nullable AccessToken known() {
            return fresh(target);
        }

        @Override
        public AccessToken fetch() {
            AccessToken token = store == null ? null : store.load(target, clock.localNow(), deadline);
            if (token == null) {
                token = fetch.fetch(target, deadline);
                fetched = token;
            }
            if (current == target) {
                use(token, target);
            }
            return token;
        }
    }
}
