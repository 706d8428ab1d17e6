package io.github.tuyacloud.engine;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;

/** Interprets refusals for code outside the engine. */
public final class ErrorMeaning {

    private ErrorMeaning() {}

    /**
     * Returns whether a refusal means that a device has no data points. The cloud uses the same code for an unknown client
     * id, and messages in any language.
     *
     * @param refusal the refusal
     * @return true if the device has no data points
     */
    public static boolean noDataPoints(TuyaApiException refusal) {
        return ErrorCatalog.isNotSupported(refusal.codeText(), refusal.apiMessage());
    }

    /**
     * Returns whether a data center that refuses a call still knows the project: it has issued an access token, or its
     * refusal is about the project's plan.
     *
     * @param refusal the refusal
     * @return false if the data center may not know the key
     */
    public static boolean projectKnown(TuyaApiException refusal) {
        return !refusal.operation().equals(TokenFetch.OPERATION) || ErrorCatalog.isAboutPlan(refusal.codeText());
    }

    /**
     * Returns whether a call failed because no access token could be fetched.
     *
     * @param failure the failure of any call
     * @return true if the token call failed
     */
    public static boolean withoutToken(TuyaException failure) {
        return failure.operation().equals(TokenFetch.OPERATION);
    }
}
