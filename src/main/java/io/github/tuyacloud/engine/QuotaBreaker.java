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
 * Keeps calls back for a while once the cloud has said that a plan or quota is used up, when more of them only annoy; safe
 * for use by many threads.
 */
final class QuotaBreaker {

    /** Long enough not to hammer, short enough to notice that somebody has paid. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    /** From here on, pauses that are over are removed before another is added. */
    private static final int MOST_PAUSES = 1_000;

    private static final String WHOLE_PLAN = "";

    private final LongSupplier nanoTime;
    private final Map<Scope, Pause> pauses = new ConcurrentHashMap<>();

    /** What is kept back: an operation or everything, and at the target that refused it only. */
    private record Scope(Target target, String operation) {}

    /** Since when calls are kept back, and what the cloud said. */
    private record Pause(long untilNanos, TuyaException said) {}

    QuotaBreaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Refuses a call that would surely be refused by the cloud. */
    void check(ApiRequest request, Target target) {
        if (!pauses.isEmpty()) {
            check(request, new Scope(target, WHOLE_PLAN));
            check(request, new Scope(target, request.endpoint()));
        }
    }

    /** Takes note of a refusal that is about more than the one call. */
    void learn(ApiRequest request, Target target, Failure failure) {
        if (failure.reach() != ErrorCatalog.Reach.CALL) {
            String operation = failure.reach() == ErrorCatalog.Reach.PLAN ? WHOLE_PLAN : request.endpoint();
            if (pauses.size() >= MOST_PAUSES) {
                pauses.values().removeIf(pause -> pause.untilNanos() - nanoTime.getAsLong() <= 0);
            }
            pauses.put(
                    new Scope(target, operation),
                    new Pause(nanoTime.getAsLong() + PAUSE.toNanos(), failure.exception()));
        }
    }

    /** Forgets everything: another region is another plan. */
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
        TuyaException said = pause.said();
        throw new TuyaQuotaException(
                CallFailure.builder(request.operation())
                        .code(said.codeText())
                        .message(said.apiMessage())
                        .tid(said.tid())
                        .hint(said.hint())
                        .build(),
                "not sent: the cloud said " + said.codeText() + " " + said.apiMessage() + " to " + said.operation()
                        + ", and calls are kept back for " + PAUSE.toMinutes() + " minutes after that",
                Duration.ofNanos(left));
    }
}
