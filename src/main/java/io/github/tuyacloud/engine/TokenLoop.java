package io.github.tuyacloud.engine;

import org.jspecify.annotations.Nullable;

/**
 * The loop of calls that are signed without an access token: those that fetch one. They are exempt from the in-flight
 * limit.
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
