package io.github.tuyacloud.engine;

import io.github.tuyacloud.engine.TokenManager.Held;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import org.jspecify.annotations.Nullable;

/**
 * The loop for calls with an access token. A rejected token is replaced once, or twice if another process replaced it
 * in between.
 */
public final class CallLoop extends RetryLoop {

    private final TokenManager tokens;
    private final InFlightLimit inFlight;

    public CallLoop(Parts parts, TokenManager tokens, InFlightLimit inFlight) {
        super(parts);
        this.tokens = tokens;
        this.inFlight = inFlight;
    }

    /**
     * Gets a token before waiting for a permit, and gets it again afterward, because it may have been rejected in
     * between. A rejected token is dropped before the permit is released.
     */
    @Override
    @Nullable
    Failure attempt(Run<?> run) throws InterruptedException {
        token(run);
        admission().awaitTurn(run);
        Held token;
        Failure failure;
        inFlight.acquire(run);
        try {
            run.checkAlive();
            token = token(run);
            failure = run.send(token.token());
            if (failure == null || !rejectsToken(failure.recovery())) {
                return failure;
            }
            tokens.reject(token);
        } finally {
            inFlight.release();
        }
        // After releasing the permit, because a store may be slow.
        if (run.hasRenewedToken() && tokens.isReplaced(token, run.deadline())) {
            run.allowAnotherToken();
        }
        return failure;
    }

    private static boolean rejectsToken(Recovery recovery) {
        return recovery == Recovery.RENEW_TOKEN || recovery == Recovery.DROP_TOKEN;
    }

    private Held token(Run<?> run) {
        try {
            return tokens.get(run.target(), run.deadline());
        } catch (TuyaTransportException e) {
            boolean inDoubt = run.request().method().writes() && e.sent() != Sent.NO;
            throw inDoubt ? notSent(run.request(), e) : e;
        }
    }

    /**
     * Returns the exception for a command whose token could not be fetched. The token call may have reached the cloud,
     * but the command did not.
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
