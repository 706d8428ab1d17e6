package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the access token: fetches it when first needed, again when it has expired or was rejected, and only once for all
 * who wait.
 *
 * <p>A fresh token is handed out without a lock. Otherwise one caller fetches on its own thread and the others wait for
 * what it brings, be it a token or an error; when that caller is interrupted or out of time, the next one takes over.
 * Nothing is renewed ahead of time: the cloud would hand back the same token with the same end.
 */
final class TokenManager {

    private final TokenFetch fetch;
    private final FailSafeTokenStore store;
    private final ServerClock clock;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Held held;
    private @Nullable TokenFlight flight;

    /** A token and the target it is good for. */
    private record Held(AccessToken token, Target target) {}

    TokenManager(TokenFetch fetch, @Nullable TokenStore store, ServerClock clock, String apiKey) {
        this.fetch = fetch;
        this.store = new FailSafeTokenStore(store, apiKey);
        this.clock = clock;
    }

    /** Starts with a token from an earlier run, which is used until the cloud rejects it. */
    void use(AccessToken token, Target target) {
        held = new Held(token, target);
    }

    /** Gives a token that is good for the target, as far as is known. */
    AccessToken get(Target target, Deadline deadline) {
        while (true) {
            AccessToken fresh = fresh(target);
            if (fresh != null) {
                return fresh;
            }
            boolean mine = false;
            TokenFlight current;
            lock.lock();
            try {
                fresh = fresh(target);
                if (fresh != null) {
                    return fresh;
                }
                if (flight == null || flight.target() != target) {
                    flight = new TokenFlight(target);
                    mine = true;
                }
                current = flight;
            } finally {
                lock.unlock();
            }
            AccessToken token = mine ? lead(current, deadline) : follow(current, deadline);
            if (token != null) {
                return token;
            }
        }
    }

    /**
     * Drops a token that the cloud no longer takes. Only that very one: when a late answer speaks of an old token, a newer
     * one stays, even if its text is the same.
     */
    void reject(Target target, AccessToken token) {
        lock.lock();
        try {
            if (held == null || held.token() != token) {
                return;
            }
            held = null;
        } finally {
            lock.unlock();
        }
        store.forget(target, token);
    }

    private @Nullable AccessToken fresh(Target target) {
        Held current = held;
        return current != null
                        && current.target() == target
                        && clock.localNow().isBefore(current.token().expiresAt())
                ? current.token()
                : null;
    }

    /** Fetches on this thread and tells the others how it went. */
    private AccessToken lead(TokenFlight mine, Deadline deadline) {
        try {
            AccessToken stored = store.load(mine.target(), clock.localNow());
            AccessToken token = stored != null ? stored : fetch.fetch(mine.target(), deadline);
            land(mine, token);
            mine.succeed(token);
            if (stored == null) {
                // Last: others need not wait for a store that is slow.
                store.save(mine.target(), token);
            }
            return token;
        } catch (RuntimeException | Error e) {
            land(mine, null);
            if (Thread.currentThread().isInterrupted() || deadline.expired()) {
                mine.abandon();
            } else {
                mine.fail(e);
            }
            throw e;
        }
    }

    /** Waits for the one who fetches; null when that one gave up for a reason of its own. */
    private @Nullable AccessToken follow(TokenFlight other, Deadline deadline) {
        try {
            return other.await(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TuyaInterruptedException(
                    notSent(), "the thread was interrupted while another was fetching the access token", Sent.NO, e);
        } catch (TokenFlight.TooLateException e) {
            throw new TuyaTransportException(
                    notSent(),
                    "the access token, which another thread is fetching, did not come within " + deadline.span(),
                    Sent.NO,
                    null);
        }
    }

    /** Ends a flight: the token counts before anybody is woken, and only if the region has not changed meanwhile. */
    private void land(TokenFlight mine, @Nullable AccessToken token) {
        lock.lock();
        try {
            if (flight == mine) {
                flight = null;
                if (token != null) {
                    held = new Held(token, mine.target());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static CallFailure notSent() {
        return CallFailure.builder(TokenFetch.OPERATION).retryable(true).build();
    }
}
