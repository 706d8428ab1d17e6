package io.github.tuyacloud.engine;

import io.github.tuyacloud.exception.TuyaApiException;

/** What refusals mean to those who put devices together. */
public final class ErrorMeaning {

    private ErrorMeaning() {}

    /**
     * Says whether a refusal is the cloud's way to say that a device has no data points. It uses the same code for an
     * unknown client id, and words that may be in any language.
     *
     * @param refusal what the cloud said
     * @return true if the device simply has none
     */
    public static boolean noDataPoints(TuyaApiException refusal) {
        return refusal.code() == ErrorCatalog.NOT_SUPPORTED && !ErrorCatalog.namesClientId(refusal.apiMessage());
    }

    /**
     * Says whether a data center that refuses at least knows the project: it handed out an access token before, or it speaks
     * of the project's plan.
     *
     * @param refusal what the cloud said
     * @return false when it may just not know the key
     */
    public static boolean projectKnown(TuyaApiException refusal) {
        return !refusal.operation().equals(TokenFetch.OPERATION) || ErrorCatalog.isAboutPlan(refusal.code());
    }
}
