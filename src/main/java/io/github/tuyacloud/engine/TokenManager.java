package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds the access token: fetches it when it is first needed and after it has expired or was rejected, once for all
 * waiting callers.
 *
 * <p>A fresh token is returned without a lock. Otherwise one caller fetches it and the others wait, as {@link Flight}
 * describes. A token is not renewed ahead of time: the cloud would return the same token with the same expiry.
 */
final class TokenManager {

    private final TokenFetch fetch;
    private final FailSafeTokenStore store;
    private final ServerClock clock;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Held held;
    private @Nullable Flight<AccessToken> flight;
    private @Nullable Target flightTarget;

    /** A token and the target that it is valid for. */
    private record Held(AccessToken token, Target target) {}

    TokenManager(TokenFetch fetch, @Nullable TokenStore store, ServerClock clock, String apiKey) {
        this.fetch = fetch;
        this.store = new FailSafeTokenStore(store, apiKey);
        this.clock = clock;
    }

    /** Sets a token from an earlier run, which is used until the cloud rejects it. */
    void use(AccessToken token, Target target) {
        held = new Held(token, target);
    }

    /** Returns a token for the target that is valid as far as is known. */
    AccessToken get(Target target, Deadline deadline) {
        while (true) {
            AccessToken fresh = fresh(target);
            if (fresh != null) {
                return fresh;
            }
            boolean mine = false;
            Flight<AccessToken> current;
            lock.lock();
            try {
                fresh = fresh(target);
                if (fresh != null) {
                    return fresh;
                }
                if (flight == null || flightTarget != target) {
                    flight = new Flight<>();
                    flightTarget = target;
                    mine = true;
                }
                current = flight;
            } finally {
                lock.unlock();
            }
            AccessToken token = mine ? lead(current, target, deadline) : follow(current, deadline);
            if (token != null) {
                return token;
            }
        }
    }

    /**
     * Drops a token that the cloud has rejected. Only this object is dropped: if a late answer is about an old token, a newer
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

    /** Fetches on this thread, also for the waiting threads. */
    private AccessToken lead(Flight<AccessToken> mine, Target target, Deadline deadline) {
        try {
            AccessToken stored = store.load(target, clock.localNow());
            AccessToken token = stored != null ? stored : fetch.fetch(target, deadline);
            land(mine, target, token);
            mine.succeed(token);
            if (stored == null) {
                // Last, so that the others do not wait for a slow store.
                store.save(target, token);
            }
            return token;
        } catch (RuntimeException | Error e) {
            land(mine, target, null);
            if (Thread.currentThread().isInterrupted() || deadline.expired()) {
                mine.abandon();
            } else if (e instanceof RuntimeException exception && deadline.refusedWait() != null) {
                mine.failForLackOfTime(exception, deadline.refusedWait());
            } else {
                mine.fail(e);
            }
            throw e;
        }
    }

    /** Waits for the leader; returns null if this thread must take over. */
    private @Nullable AccessToken follow(Flight<AccessToken> other, Deadline deadline) {
        try {
            return other.await(deadline.remaining());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TuyaInterruptedException(
                    notSent(), "the thread was interrupted while another was fetching the access token", Sent.NO, e);
        } catch (TimeoutException e) {
            throw new TuyaTransportException(
                    notSent(),
                    "the access token, which another thread is fetching, did not come within " + deadline.span(),
                    Sent.NO,
                    null);
        }
    }

    /**
     * Ends a flight. The token is published before the waiters wake up, and only if the region has not changed
     * meanwhile.
     */
    private void land(Flight<AccessToken> mine, Target target, @Nullable AccessToken token) {
        lock.lock();
        try {
            if (flight == mine) {
                flight = null;
                if (token != null) {
                    held = new Held(token, target);
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
