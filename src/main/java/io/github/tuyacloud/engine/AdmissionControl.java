package io.github.tuyacloud.engine;

import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.model.Usage;

/** Delays or rejects requests that exceed a limit: the cloud's quota, the rate, or the monthly budget. */
public final class AdmissionControl {

    private final QuotaBreaker quotaBreaker;
    private final RateLimiter rateLimiter;
    private final UsageMeter usageMeter;

    public AdmissionControl(QuotaBreaker quotaBreaker, RateLimiter rateLimiter, UsageMeter usageMeter) {
        this.quotaBreaker = quotaBreaker;
        this.rateLimiter = rateLimiter;
        this.usageMeter = usageMeter;
    }

    /** Waits for the next slot of {@code requestsPerSecond}. */
    void awaitTurn(RetryLoop.Run<?> run) throws InterruptedException {
        quotaBreaker.check(run.request(), run.target());
        if (!rateLimiter.acquire(run.deadline())) {
            throw new TuyaQuotaException(
                    CallFailure.builder(run.request().operation())
                            .attempts(run.attempts())
                            .retryable(true)
                            .hint("Call less often, or raise requestsPerSecond or callTimeout.")
                            .build(),
                    "not sent: requestsPerSecond leaves no slot within the call timeout of "
                            + LogSafe.duration(run.deadline().span()),
                    null);
        }
    }

    /**
     * Reserves budget for a request that is about to be sent. Checks the quota again, because another call may have
     * exceeded it since.
     */
    UsageMeter.Counts reserve(ApiRequest request, Target target) {
        quotaBreaker.check(request, target);
        return usageMeter.reserve(request);
    }

    /** Settles the reservation of a completed request, see {@link UsageMeter#settle}. */
    void settle(UsageMeter.Counts reservation, ApiRequest request, boolean arrived, boolean accepted) {
        usageMeter.settle(reservation, request, arrived, accepted);
    }

    /** Records a refusal that applies to more than its own call. */
    void learn(ApiRequest request, Target target, Failure failure) {
        quotaBreaker.learn(request, target, failure);
    }

    /** Returns an instance with the same rate and budget, but another quota breaker. */
    public AdmissionControl withOwnBreaker(QuotaBreaker breaker) {
        return new AdmissionControl(breaker, rateLimiter, usageMeter);
    }

    Usage usage() {
        return usageMeter.usage();
    }

    /** Clears all refusals. */
    void reset() {
        quotaBreaker.clear();
    }
}
