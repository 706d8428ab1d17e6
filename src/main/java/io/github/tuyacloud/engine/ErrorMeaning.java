package io.github.tuyacloud.engine;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import java.util.Set;

/** Interprets refusals for other packages. */
public final class ErrorMeaning {

    /** The codes for a wrong key, signature, clock or token; every call of the client is refused with them. */
    private static final Set<Integer> CREDENTIAL_CODES =
            Set.of(1001, 1002, 1003, 1004, 1005, 1010, 1011, 1012, 1013, 1400);

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
     * Returns whether a refusal concerns the credentials of the client, and so all of its calls.
     *
     * @param refusal the refusal
     * @return false if it concerns only the refused call
     */
    public static boolean isAboutCredentials(TuyaApiException refusal) {
        return CREDENTIAL_CODES.contains(refusal.code());
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
