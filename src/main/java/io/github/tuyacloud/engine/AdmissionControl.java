package io.github.tuyacloud.engine;

import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.model.Usage;

/** Delays or refuses requests that exceed a limit: a refused quota, the rate, or the monthly budget. */
public final class AdmissionControl {

    private final QuotaBreaker quotaBreaker;
    private final RateLimiter rateLimiter;
    private final UsageMeter usageMeter;

    public AdmissionControl(QuotaBreaker quotaBreaker, RateLimiter rateLimiter, UsageMeter usageMeter) {
        this.quotaBreaker = quotaBreaker;
        this.rateLimiter = rateLimiter;
        this.usageMeter = usageMeter;
    }

    /** Waits for the next slot under {@code requestsPerSecond}. */
    void awaitTurn(RetryLoop.Run<?> run) throws InterruptedException {
        quotaBreaker.check(run.request(), run.target());
        if (!rateLimiter.acquire(run.deadline())) {
            throw new TuyaQuotaException(
                    CallFailure.builder(run.request().operation())
                            .attempts(run.attempts())
                            .retryable(true)
                            .hint("Call less often, or raise requestsPerSecond or callTimeout.")
                            .build(),
                    "not sent: requestsPerSecond leaves no turn within the call timeout of "
                            + run.deadline().span(),
                    null);
        }
    }

    /**
     * Reserves a place in the budget for a request that is about to be sent, and checks the quota again, because
     * another call may have been refused in the meantime.
     */
    UsageMeter.Counts reserve(ApiRequest request, Target target) {
        quotaBreaker.check(request, target);
        return usageMeter.reserve(request);
    }

    /** Keeps or gives back the place of a request that is over, see {@link UsageMeter#settle}. */
    void settle(UsageMeter.Counts place, ApiRequest request, boolean arrived, boolean accepted) {
        usageMeter.settle(place, request, arrived, accepted);
    }

    /** Records a refusal that applies to more than its own call. */
    void learn(ApiRequest request, Target target, Failure failure) {
        quotaBreaker.learn(request, target, failure);
    }

    /** Returns a control with the same rate and budget, but its own record of refusals. */
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
