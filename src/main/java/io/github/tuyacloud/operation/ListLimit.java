package io.github.tuyacloud.operation;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The limit of a list that is read page by page: a cloud that always has one page more must not fill the memory and use up
 * the quota. Safe for use by multiple threads, which read parts of one list.
 */
final class ListLimit {

    private final int most;
    private final String items;
    private final String advice;
    private final AtomicLong count = new AtomicLong();

    /**
     * Creates a limit.
     *
     * @param most the maximum number of items
     * @param items what is counted, in the plural
     * @param advice what to do besides raising the limit
     */
    ListLimit(int most, String items, String advice) {
        this.most = most;
        this.items = items;
        this.advice = advice;
    }

    /** Returns a limit that starts anew. */
    ListLimit fresh() {
        return new ListLimit(most, items, advice);
    }

    /** Counts further items of a call's answers; throws if there are too many. */
    void add(int further, String operation) {
        if (count.addAndGet(further) > most) {
            throw new TuyaTransportException(
                    CallFailure.builder(operation)
                            .hint(
                                    "If there are really that many, " + advice
                                            + "raise maxListSize. Otherwise the cloud sends further pages without end: try again later.")
                            .build(),
                    String.format(Locale.ROOT, "the list has more than %,d %s, the maximum", most, items),
                    Sent.MAYBE,
                    null);
        }
    }
}
