package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.FileTokenStore;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.config.TokenStore.Lock;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.http.ReentrantCallException;
import io.github.tuyacloud.json.LogSafe;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps the user's token store. A store that throws, hangs or calls the client costs at most an additional token
 * request and part of the call timeout: after any failure, even an {@link Error}, the call continues without the store.
 * A repeated failure is logged once, an {@link Error} each time.
 */
final class FailSafeTokenStore {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    /** Longer than a token request takes, even on a busy machine. */
    private static final Duration MAX_LOCK_WAIT = Duration.ofSeconds(20);

    /** The maximum wait for the lock after a timeout, because its holder probably hangs. */
    private static final Duration LOCK_WAIT_AFTER_TIMEOUT = Duration.ofSeconds(1);

    /** The additional time for a store to return after its own timeout for a lock. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final TokenStore store;
    private final String apiKey;
    private final StoreThreads threads;
    private final AtomicReference<String> warned = new AtomicReference<>("");

    /** The token that the cloud rejected last; ignored if the store returns it. */
    private volatile @Nullable String rejected;

    private volatile boolean lockTookTooLong;

    /** Passes a lock from the store's thread to the caller. A lock that arrives too late is closed immediately. */
    private static final class Handover {

        /** Marks that the caller has stopped waiting. */
        private static final Lock GONE = () -> {};

        private final AtomicReference<@Nullable Lock> lock = new AtomicReference<>();
        private volatile boolean refused;

        void give(Lock acquired) {
            if (!lock.compareAndSet(null, acquired)) {
                acquired.close();
            }
        }

        void refuse() {
            refused = true;
        }

        boolean isRefused() {
            return refused;
        }

        @Nullable
        Lock take() {
            return lock.getAndSet(GONE);
        }
    }

    FailSafeTokenStore(TokenStore store, String apiKey, RetryLoop.Parts parts) {
        this.store = store;
        this.apiKey = apiKey;
        this.threads = new StoreThreads(store, parts);
    }

    /** Records that the cloud has rejected a token. */
    void reject(AccessToken token) {
        rejected = token.value();
    }

    /** Returns the stored token, unless it is missing, expired, malformed or rejected. */
    @Nullable
    AccessToken load(Target target, Instant now, Deadline deadline) {
        return valid(stored(target, deadline), now);
    }

    /** Like {@link #load}, but also removes a rejected token, for a caller that has locked the store. */
    @Nullable
    AccessToken loadLocked(Target target, Instant now, Deadline deadline) {
        Optional<AccessToken> stored = stored(target, deadline);
        if (stored.isPresent() && isRejected(stored.get())) {
            attempt("clear", deadline, () -> {
                store.clear(key(target));
                return Optional.empty();
            });
        }
        return valid(stored, now);
    }

    void save(Target target, AccessToken token, Deadline deadline) {
        if (isRejected(token)) {
            rejected = null; // the cloud has reissued it
        }
        attempt("save", deadline, () -> {
            store.save(key(target), token);
            return Optional.empty();
        });
    }

    /** Locks the store to keep other processes from renewing the token. Returns null if that takes too long. */
    @Nullable
    Lock lock(Target target, Deadline deadline) {
        Duration timeout = lockTimeout(deadline);
        Handover handover = new Handover();
        try {
            attempt("lock", timeout.plus(min(GRACE, timeout)), deadline, () -> {
                store.lock(key(target), timeout).ifPresentOrElse(handover::give, handover::refuse);
                return Optional.empty();
            });
        } catch (RuntimeException | Error e) {
            unlock(handover.take());
            throw e;
        }
        if (handover.isRefused()) {
            warn("was locked by another process for " + LogSafe.duration(timeout));
        }
        Lock lock = handover.take();
        lockTookTooLong = lock == null;
        return lock;
    }

    /** Returns at most a third of the remaining call timeout: with {@link #GRACE}, this leaves a third for the call. */
    private Duration lockTimeout(Deadline deadline) {
        return min(deadline.remaining().dividedBy(3), lockTookTooLong ? LOCK_WAIT_AFTER_TIMEOUT : MAX_LOCK_WAIT);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Unlocks the store without waiting, even if another of its methods hangs. */
    void unlock(@Nullable Lock lock) {
        if (lock != null) {
            threads.start(() -> {
                unlockSafely(lock);
                return Optional.empty();
            });
        }
    }

    private void unlockSafely(Lock lock) {
        try {
            lock.close();
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    private Optional<AccessToken> stored(Target target, Deadline deadline) {
        return attempt("load", deadline, () -> store.load(key(target)));
    }

    private @Nullable AccessToken valid(Optional<AccessToken> stored, Instant now) {
        return stored.filter(this::canBeSent)
                .filter(token -> token.expiresAt().isAfter(now) && !isRejected(token))
                .orElse(null);
    }

    private boolean isRejected(AccessToken token) {
        return token.value().equals(rejected);
    }

    /** Returns whether a token is valid in a header: OkHttp's exception for an invalid header would quote it. */
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

    private Optional<AccessToken> attempt(String method, Deadline deadline, StoreThreads.Step step) {
        return attempt(method, StoreThreads.timeout(deadline), deadline, step);
    }

    private Optional<AccessToken> attempt(String method, Duration timeout, Deadline deadline, StoreThreads.Step step) {
        StoreThreads.@Nullable Attempt attempt = threads.run(step, timeout, deadline);
        if (attempt == null) {
            return Optional.empty();
        }
        Throwable failure = attempt.failure();
        if (failure != null) {
            warn(failure);
        } else if (!attempt.isDone() && attempt.isTimedOut()) {
            warn("did not return from " + method + " within " + LogSafe.duration(timeout)
                    + " and is not used until it does");
        }
        return attempt.result();
    }

    private void warn(Throwable failure) {
        if (failure instanceof Error) {
            warned.set("");
        }
        warn("failed (" + describe(failure) + ")");
    }

    /** Returns the message if it is the library's own, which contains no token, otherwise the name of the class. */
    private String describe(Throwable failure) {
        try {
            Throwable known = failure.getCause() instanceof ReentrantCallException ? failure.getCause() : failure;
            boolean isOurs = known instanceof ReentrantCallException
                    || store instanceof FileTokenStore && known instanceof UncheckedIOException;
            return isOurs
                    ? String.valueOf(known.getMessage())
                    : failure.getClass().getName();
        } catch (RuntimeException | Error e) {
            return failure.getClass().getName(); // getCause() is the program's code, too
        }
    }

    /** Logs a failure unless it repeats the last one: a broken store usually fails on every call. */
    private void warn(String what) {
        if (!what.equals(warned.getAndSet(what))) {
            LogSafe.warn(LOG, "The token store {}; continuing without it", what);
        }
    }
}
