package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ErrorMeaning;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The products without a DP mapping, with the reasons. A refused or unreadable specification concerns only its product;
 * refusals because of credentials or a quota concern all calls and are thrown. Safe for use by multiple threads.
 */
final class MappingGaps {

    private static final int NO_RESPONSE = -1;

    private final Map<String, RuntimeException> failures = new ConcurrentSkipListMap<>();

    /** Adds a product, unless the refusal concerns all calls. */
    void add(String product, TuyaApiException refusal) {
        failures.put(product, throwIfGlobal(refusal));
    }

    /** Adds a product. */
    void add(String product, RuntimeException failure) {
        failures.put(product, failure);
    }

    boolean isEmpty() {
        return failures.isEmpty();
    }

    /** Throws the failure of the first product, in alphabetical order, if that many products have none. */
    void throwIfAll(int products) {
        if (products > 0 && failures.size() == products) {
            throw failures.values().iterator().next();
        }
    }

    /** Returns the products and the first reason; must not be empty. */
    @Override
    public String toString() {
        return "no DP mapping for the products " + failures.keySet() + ": "
                + failures.values().iterator().next().getMessage();
    }

    /** Returns whether a call without a usable response may succeed later, so that it tells nothing of its subject. */
    static boolean isTemporary(TuyaTransportException e) {
        return e.httpStatus() == NO_RESPONSE || e.retryable();
    }

    /** Throws a refusal that concerns all calls, and returns any other. */
    static TuyaApiException throwIfGlobal(TuyaApiException e) {
        if (e instanceof TuyaQuotaException || ErrorMeaning.isAboutCredentials(e)) {
            throw e;
        }
        return e;
    }
}
