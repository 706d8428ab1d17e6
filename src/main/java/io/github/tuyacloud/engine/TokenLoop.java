package io.github.tuyacloud.engine;

import org.jspecify.annotations.Nullable;

/**
 * The loop for calls that fetch an access token and are signed without one. They are exempt from the in-flight limit.
 */
public final class TokenLoop extends RetryLoop {

    public TokenLoop(Parts parts) {
        super(parts);
    }

    @Override
    @Nullable
    Failure attempt(Run<?> run) throws InterruptedException {
        admission().awaitTurn(run);
        return run.send(null);
    }
}
