package io.github.tuyacloud.engine;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits the number of exchanges in flight; fair. Callers wait for at most half of their call timeout, which leaves
 * time for the exchange itself.
 *
 * <p>A permit is held for exactly one exchange, never while waiting for anything else. Token calls need no permit: a
 * renewal must not wait behind thousands of callers that hold the rejected token.
 */
public final class InFlightLimit {

    /** More than the largest limit, but far below the maximum of a semaphore. */
    private static final int ALL_WAITERS = 1 << 30;

    private final int bound;
    private final Semaphore permits;
    private final AtomicBoolean closed = new AtomicBoolean();

    public InFlightLimit(int bound) {
        this.bound = bound;
        this.permits = new Semaphore(bound, true);
    }

    /** Acquires a permit, which the caller must release. */
    void acquire(RetryLoop.Run<?> run) throws InterruptedException {
        Duration limit = run.deadline().atMostHalf();
        if (!permits.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            run.deadline().refuse(limit);
            throw new TuyaTransportException(
                    CallFailure.builder(run.request().operation())
                            .attempts(run.attempts())
                            .retryable(true)
                            .hint("Make fewer concurrent calls, or raise maxCallsInFlight or callTimeout.")
                            .build(),
                    "not sent: " + (bound == 1 ? "1 call of this client was" : bound + " calls of this client were")
                            + " in flight for " + LogSafe.duration(limit),
                    Sent.NO,
                    null);
        }
    }

    void release() {
        permits.release();
    }

    /** Wakes all waiting callers and admits all later ones, which then fail because the client is closed. */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            permits.release(ALL_WAITERS);
        }
    }
}
