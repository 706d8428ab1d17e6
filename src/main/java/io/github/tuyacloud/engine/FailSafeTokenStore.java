package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.http.ReentrantCallException;
import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps the user's token store: a store that throws, hangs or calls the client costs at most one more token request and a
 * part of the call timeout. Every failure continues without the store, an {@link Error} included: the call itself does not
 * need it. A repeated failure is logged once, an {@link Error} each time.
 */
final class FailSafeTokenStore {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private final TokenStore store;
    private final String apiKey;
    private final StoreThreads threads;
    private final AtomicReference<String> warned = new AtomicReference<>("");

    /** The token that the cloud rejected last; it is ignored if the store still returns it. */
    private volatile @Nullable String rejected;

    FailSafeTokenStore(TokenStore store, String apiKey, RetryLoop.Parts parts) {
        this.store = store;
        this.apiKey = apiKey;
        this.threads = new StoreThreads(store, parts);
    }

    @Nullable
    AccessToken load(Target target, Instant now, Deadline deadline) {
        return attempt("load", deadline, () -> store.load(key(target)))
                .filter(this::canBeSent)
                .filter(token ->
                        token.expiresAt().isAfter(now) && !token.value().equals(rejected))
                .orElse(null);
    }

    void save(Target target, AccessToken token, Deadline deadline) {
        attempt("save", deadline, () -> {
            store.save(key(target), token);
            return Optional.empty();
        });
    }

    /** Removes a rejected token from the store, unless another process has stored a newer one. */
    void forget(Target target, AccessToken token, Deadline deadline) {
        rejected = token.value();
        attempt("clear", deadline, () -> {
            if (store.load(key(target))
                    .filter(stored -> stored.value().equals(token.value()))
                    .isPresent()) {
                store.clear(key(target));
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

    private Optional<AccessToken> attempt(String method, Deadline deadline, StoreThreads.Step step) {
        Duration patience = StoreThreads.patience(deadline);
        StoreThreads.@Nullable Attempt attempt = threads.run(step, patience, deadline);
        if (attempt == null) {
            return Optional.empty();
        }
        Throwable failure = attempt.failure();
        if (failure != null) {
            warn(failure);
        } else if (!attempt.isDone() && attempt.isTimedOut()) {
            warn("did not return from " + method + " within " + patience.toMillis()
                    + " ms and is left alone until it does");
        }
        return attempt.result();
    }

    private void warn(Throwable failure) {
        if (failure instanceof Error) {
            warned.set("");
        }
        // The message of an exception may contain a token, except that of the library's own.
        Throwable known = failure.getCause() instanceof ReentrantCallException ? failure.getCause() : failure;
        String reason = known instanceof ReentrantCallException
                ? known.getMessage()
                : failure.getClass().getName();
        warn("failed (" + reason + ")");
    }

    /** Logs a failure unless it was the last one, too: a broken store usually fails on every call. */
    private void warn(String what) {
        if (!what.equals(warned.getAndSet(what))) {
            LogSafe.warn(LOG, "The token store {}; continuing without it", what);
        }
    }
}
