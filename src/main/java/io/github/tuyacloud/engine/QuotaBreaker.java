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
    static final Duration COOL_DOWN = Duration.ofMinutes(10);

    /** At this size, expired cool-downs are removed before another is added. */
    private static final int MAX_COOL_DOWNS = 1_000;

    private static final String WHOLE_PLAN = "";

    private final LongSupplier nanoTime;
    private final Map<Scope, CoolDown> coolDowns = new ConcurrentHashMap<>();

    /** The affected calls: those of an endpoint or of the whole plan, at one target. */
    private record Scope(Target target, String operation) {}

    /** The end of a cool-down, and the refusal that caused it. */
    private record CoolDown(long untilNanos, TuyaException refusal) {}

    public QuotaBreaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Throws if the cloud would refuse the call. */
    void check(ApiRequest request, Target target) {
        if (!coolDowns.isEmpty()) {
            check(request, new Scope(target, WHOLE_PLAN));
            check(request, new Scope(target, request.endpoint()));
        }
    }

    /** Records a refusal that affects other calls. */
    void learn(ApiRequest request, Target target, Failure failure) {
        if (failure.reach() != ErrorCatalog.Reach.CALL) {
            String operation = isOfAllCalls(request, failure) ? WHOLE_PLAN : request.endpoint();
            if (coolDowns.size() >= MAX_COOL_DOWNS) {
                coolDowns.values().removeIf(coolDown -> coolDown.untilNanos() - nanoTime.getAsLong() <= 0);
            }
            coolDowns.put(
                    new Scope(target, operation),
                    new CoolDown(nanoTime.getAsLong() + COOL_DOWN.toNanos(), failure.exception()));
        }
    }

    /** Returns whether all calls would be refused. A service with a subscription of its own has its own plan. */
    private static boolean isOfAllCalls(ApiRequest request, Failure failure) {
        return switch (failure.reach()) {
            case PROJECT -> true;
            case PLAN -> request.isOfIotCore();
            case ENDPOINT, CALL -> false;
        };
    }

    /** Ends all cool-downs, because another region has another plan. */
    void clear() {
        coolDowns.clear();
    }

    private void check(ApiRequest request, Scope scope) {
        CoolDown coolDown = coolDowns.get(scope);
        if (coolDown == null) {
            return;
        }
        long left = coolDown.untilNanos() - nanoTime.getAsLong();
        if (left <= 0) {
            coolDowns.remove(scope, coolDown);
            return;
        }
        TuyaException refusal = coolDown.refusal();
        throw new TuyaQuotaException(
                CallFailure.builder(request.operation())
                        .code(refusal.codeText())
                        .message(refusal.apiMessage())
                        .tid(refusal.tid())
                        .hint(refusal.hint())
                        .build(),
                "not sent: the cloud said " + said(refusal) + " to "
                        + refusal.operation() + ", and calls are held back for " + COOL_DOWN.toMinutes()
                        + " minutes after that",
                Duration.ofNanos(left));
    }

    private static String said(TuyaException refusal) {
        return refusal.codeText() + (refusal.apiMessage() == null ? "" : " " + refusal.apiMessage());
    }
}
