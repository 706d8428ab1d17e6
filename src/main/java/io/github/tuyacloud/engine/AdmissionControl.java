package io.github.tuyacloud.engine;

import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaQuotaException;

/** Everything that can keep a request from being sent although nothing is wrong with it. */
final class AdmissionControl {

    private final QuotaBreaker coolDown;
    private final RateLimiter rateLimiter;
    private final UsageMeter usageMeter;

    AdmissionControl(QuotaBreaker coolDown, RateLimiter rateLimiter, UsageMeter usageMeter) {
        this.coolDown = coolDown;
        this.rateLimiter = rateLimiter;
        this.usageMeter = usageMeter;
    }

    /** Waits for the request's turn and counts it. */
    void admit(ApiRequest request, Target target, Deadline deadline) throws InterruptedException {
        coolDown.check(request, target);
        if (!rateLimiter.acquire(deadline)) {
            throw new TuyaQuotaException(
                    CallFailure.builder(request.operation())
                            .retryable(true)
                            .hint("Call less often, or raise requestsPerSecond or callTimeout.")
                            .build(),
                    "not sent: requestsPerSecond leaves no turn within the call timeout of " + deadline.span(),
                    null);
        }
        // Once more: the plan may have been refused to those who were before in the queue.
        coolDown.check(request, target);
        usageMeter.count(request);
    }

    QuotaBreaker coolDown() {
        return coolDown;
    }
}
