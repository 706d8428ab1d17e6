package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import org.jspecify.annotations.Nullable;

/** The loop of all calls with an access token: a rejected token is replaced once. */
public final class CallLoop extends RetryLoop {

    private final TokenManager tokens;
    private final InFlightLimit inFlight;

    public CallLoop(Parts parts, TokenManager tokens, InFlightLimit inFlight) {
        super(parts);
        this.tokens = tokens;
        this.inFlight = inFlight;
    }

    /**
     * Gets a token before the call waits for a permit, and reads it again afterwards, because it may have been rejected
     * meanwhile. A rejected token is dropped before the permit goes to the next call, but removed from the store afterwards,
     * because a store may be slow.
     */
    @Override
    @Nullable
    Failure attempt(Run<?> run) throws InterruptedException {
        token(run);
        admission().awaitTurn(run);
        AccessToken token;
        Failure failure;
        boolean dropped;
        inFlight.acquire(run);
        try {
            run.checkAlive();
            token = token(run);
            failure = run.send(token);
            dropped = failure != null && failure.recovery() == Recovery.RENEW_TOKEN && tokens.reject(token);
        } finally {
            inFlight.release();
        }
        if (dropped) {
            tokens.forget(run.target(), token, run.deadline());
        }
        return failure;
    }

    private AccessToken token(Run<?> run) {
        try {
            return tokens.get(run.target(), run.deadline());
        } catch (TuyaTransportException e) {
            boolean inDoubt = run.request().method().writes() && e.sent() != Sent.NO;
            throw inDoubt ? notSent(run.request(), e) : e;
        }
    }

    /**
     * Returns the failure of the token call. That call may have reached the cloud; the command that waited for the
     * token did not.
     */
    private static TuyaTransportException notSent(ApiRequest request, TuyaTransportException tokenFailure) {
        CallFailure failure = CallFailure.builder(request.operation())
                .httpStatus(tokenFailure.httpStatus())
                .attempts(tokenFailure.attempts())
                .retryable(tokenFailure.retryable())
                .build();
        String reason = "not sent: no access token, " + tokenFailure.getMessage();
        return tokenFailure instanceof TuyaInterruptedException
                ? new TuyaInterruptedException(failure, reason, Sent.NO, tokenFailure)
                : new TuyaTransportException(failure, reason, Sent.NO, tokenFailure);
    }
}
