package io.github.tuyacloud.engine;

import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Rejects calls for a while after the cloud has refused a call because of the plan or a quota; safe for use by multiple
 * threads.
 */
public final class QuotaBreaker {

    /** Long enough to spare the cloud, short enough to notice a renewed plan soon. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    /** At this size, expired pauses are removed before another is added. */
    private static final int MAX_PAUSES = 1_000;

    private static final String WHOLE_PLAN = "";

    private final LongSupplier nanoTime;
    private final Map<Scope, Pause> pauses = new ConcurrentHashMap<>();

    /** The affected calls: those of an endpoint or of the whole plan, at one target. */
    private record Scope(Target target, String operation) {}

    /** The end of a pause, and the refusal that caused it. */
    private record Pause(long untilNanos, TuyaException refusal) {}

    public QuotaBreaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Throws if the cloud would refuse the call. */
    void check(ApiRequest request, Target target) {
        if (!pauses.isEmpty()) {
            check(request, new Scope(target, WHOLE_PLAN));
            check(request, new Scope(target, request.endpoint()));
        }
    }

    /** Records a refusal that affects other calls. */
    void learn(ApiRequest request, Target target, Failure failure) {
        if (failure.reach() != ErrorCatalog.Reach.CALL) {
            String operation = failure.reach() == ErrorCatalog.Reach.PLAN ? WHOLE_PLAN : request.endpoint();
            if (pauses.size() >= MAX_PAUSES) {
                pauses.values().removeIf(pause -> pause.untilNanos() - nanoTime.getAsLong() <= 0);
            }
            pauses.put(
                    new Scope(target, operation),
                    new Pause(nanoTime.getAsLong() + PAUSE.toNanos(), failure.exception()));
        }
    }

    /** Clears all pauses, because another region has another plan. */
    void clear() {
        pauses.clear();
    }

    private void check(ApiRequest request, Scope scope) {
        Pause pause = pauses.get(scope);
        if (pause == null) {
            return;
        }
        long left = pause.untilNanos() - nanoTime.getAsLong();
        if (left <= 0) {
            pauses.remove(scope, pause);
            return;
        }
        TuyaException refusal = pause.refusal();
        throw new TuyaQuotaException(
                CallFailure.builder(request.operation())
                        .code(refusal.codeText())
                        .message(refusal.apiMessage())
                        .tid(refusal.tid())
                        .hint(refusal.hint())
                        .build(),
                "not sent: the cloud said " + refusal.codeText() + " " + refusal.apiMessage() + " to "
                        + refusal.operation() + ", and calls are held back for " + PAUSE.toMinutes()
                        + " minutes after that",
                Duration.ofNanos(left));
    }
}
