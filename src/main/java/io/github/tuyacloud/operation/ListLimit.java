package io.github.tuyacloud.operation;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits a list that is read page by page: endless pages must not fill the memory and use up the quota. Safe for use by
 * multiple threads that read parts of one list.
 */
final class ListLimit {

    private final int max;
    private final String items;
    private final String advice;
    private final AtomicLong count = new AtomicLong();

    /**
     * Creates a limit.
     *
     * @param max the maximum number of items
     * @param items the name of the items, in the plural
     * @param advice what to do besides raising the limit
     */
    ListLimit(int max, String items, String advice) {
        this.max = max;
        this.items = items;
        this.advice = advice;
    }

    /** Returns a copy with a count of zero. */
    ListLimit fresh() {
        return new ListLimit(max, items, advice);
    }

    /** Counts more items from a call; throws if there are too many. */
    void add(int further, String operation) {
        if (count.addAndGet(further) > max) {
            throw new TuyaTransportException(
                    CallFailure.builder(operation)
                            .hint(
                                    "If there really are that many, " + advice
                                            + "raise maxListSize. Otherwise the cloud keeps sending pages without end: try again later.")
                            .build(),
                    String.format(Locale.ROOT, "the list has more than %,d %s, the maximum", max, items),
                    Sent.MAYBE,
                    null);
        }
    }
}
