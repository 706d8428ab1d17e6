package io.github.tuyacloud.engine;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;

/** Interprets refusals for other packages. */
public final class ErrorMeaning {

    private ErrorMeaning() {}

    /**
     * Returns whether a refusal means that a device has no data points.
     *
     * @param refusal the refusal
     * @return true if the device has no data points
     */
    public static boolean hasNoDataPoints(TuyaApiException refusal) {
        return ErrorCatalog.isNotSupported(refusal.codeText(), refusal.apiMessage());
    }

    /**
     * Returns whether a data center knows the project although it refused a call: it has issued an access token, or its
     * refusal concerns the project's plan. Data centers that are not enabled for the project issue tokens, too.
     *
     * @param refusal the refusal
     * @return false if the data center may not know the key, or is not enabled for the project
     */
    public static boolean isProjectKnown(TuyaApiException refusal) {
        boolean hasToken = !refusal.operation().equals(TokenFetch.OPERATION);
        return hasToken && !ErrorCatalog.isDataCenterDisabled(refusal.codeText())
                || ErrorCatalog.isAboutPlan(refusal.codeText());
    }

    /**
     * Returns whether a call failed because no access token could be fetched.
     *
     * @param failure the failure of any call
     * @return true if the token call failed
     */
    public static boolean isTokenFailure(TuyaException failure) {
        return failure.operation().equals(TokenFetch.OPERATION);
    }
}
