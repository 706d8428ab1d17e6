package io.github.tuyacloud.socket;

import io.github.tuyacloud.messages.SubscriptionCounters;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one subscription; thread-safe. */
final class Counters {

    private final LongAdder received = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder redelivered = new LongAdder();
    private final LongAdder reconnects = new LongAdder();

    void received() {
        received.increment();
    }

    void acknowledged(int messages) {
        acknowledged.add(messages);
    }

    void failed() {
        failed.increment();
    }

    void retried() {
        retried.increment();
    }

    void redelivered() {
        redelivered.increment();
    }

    void reconnected() {
        reconnects.increment();
    }

    /** Returns the current counts, with the given number of waiting messages. */
    SubscriptionCounters snapshot(int waiting) {
        return new SubscriptionCounters(
                received.sum(),
                acknowledged.sum(),
                failed.sum(),
                retried.sum(),
                redelivered.sum(),
                waiting,
                reconnects.sum());
    }
}
