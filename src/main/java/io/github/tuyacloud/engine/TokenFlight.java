package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.engine.RegionResolver.Target;
import java.io.Serial;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One fetch of a token that is under way: whoever waits for it gets what it brings. */
final class TokenFlight {

    private final Target target;

    /** Done with a token, with an error for all, or with null when its leader gave up and another must take over. */
    private final CompletableFuture<@Nullable AccessToken> outcome = new CompletableFuture<>();

    /** The flight did not end within the waiter's time. */
    static final class TooLateException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    TokenFlight(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    void succeed(AccessToken token) {
        outcome.complete(token);
    }

    void fail(Throwable error) {
        outcome.completeExceptionally(error);
    }

    void abandon() {
        outcome.complete(null);
    }

    /** Waits; null when the flight was abandoned; throws the leader's own exception when it failed. */
    @Nullable
    AccessToken await(Deadline deadline) throws InterruptedException, TooLateException {
        try {
            return outcome.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TooLateException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }
}
