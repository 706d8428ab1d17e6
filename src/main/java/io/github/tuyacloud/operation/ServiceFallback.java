package io.github.tuyacloud.operation;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Calls a service and, if the project is not subscribed to it, an equivalent one. New projects cannot subscribe to
 * services that Tuya has deprecated, and old projects may not be subscribed to their successors.
 */
public final class ServiceFallback {

    /** The codes for a missing subscription or authorization. */
    private static final Set<Integer> NOT_SUBSCRIBED = Set.of(28_841_101, 28_841_105, 28_841_106);

    /**
     * The codes for an expired subscription: of a plan, and of one API. Most services have a plan of their own, so the
     * other service's may be valid.
     */
    private static final Set<Integer> EXPIRED = Set.of(28_841_002, 28_841_102);

    private ServiceFallback() {}

    /**
     * Returns the result of the first call, or of the second call if the project is not subscribed to the first one's
     * service, or the subscription has expired.
     *
     * @param first the preferred call
     * @param second the equivalent call of another service
     * @param <T> the type of the result
     * @return the result of the call that succeeded
     * @throws TuyaApiException if both are refused: the first call's exception, with a hint about both
     */
    public static <T> T call(Supplier<T> first, Supplier<T> second) {
        try {
            return first.get();
        } catch (TuyaApiException refusal) {
            if (!isNotSubscribed(refusal) && !EXPIRED.contains(refusal.code())) {
                throw refusal;
            }
            return orBoth(second, refusal);
        }
    }

    /** Returns whether a call was refused because the project is not subscribed to its service. */
    static boolean isNotSubscribed(TuyaApiException refusal) {
        return NOT_SUBSCRIBED.contains(refusal.code());
    }

    private static <T> T orBoth(Supplier<T> second, TuyaApiException refusal) {
        try {
            return second.get();
        } catch (TuyaApiException other) {
            if (refusal.attempts() == 0 || other.attempts() == 0) {
                // One was not sent, because the cloud refused it a while ago.
                TuyaApiException sent = other.attempts() == 0 ? refusal : other;
                sent.addSuppressed(sent == refusal ? other : refusal);
                throw sent;
            }
            throw bothRefused(refusal, other);
        } catch (RuntimeException e) {
            e.addSuppressed(refusal);
            throw e;
        }
    }

    private static TuyaApiException bothRefused(TuyaApiException first, TuyaApiException second) {
        String words = second.apiMessage() == null ? "" : " " + second.apiMessage();
        String hint = second.operation() + " is the equivalent call and was refused as well (" + second.codeText()
                + words + "): the project needs one of the two services.";
        CallFailure both = CallFailure.builder(first.operation())
                .httpStatus(first.httpStatus())
                .code(first.codeText())
                .message(first.apiMessage())
                .tid(first.tid())
                .attempts(first.attempts())
                .hint(first.hint() == null ? hint : hint + " " + first.hint())
                .build();
        TuyaApiException exception = withTypeOf(first, both);
        exception.addSuppressed(second);
        return exception;
    }

    private static TuyaApiException withTypeOf(TuyaApiException first, CallFailure both) {
        if (first instanceof TuyaQuotaException quota) {
            return new TuyaQuotaException(both, quota.retryAfter());
        }
        return first instanceof TuyaAuthException ? new TuyaAuthException(both) : new TuyaApiException(both);
    }
}
