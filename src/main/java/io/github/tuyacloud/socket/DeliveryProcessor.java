package io.github.tuyacloud.socket;

import io.github.tuyacloud.messages.FailureVerdict;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageErrorListener;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.UnreadableMessage;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each delivery to the program's handler, or to its error listener, and sends the answer; thread-safe. */
final class DeliveryProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryProcessor.class);

    private final MessageHandler handler;
    private final MessageErrorListener listener;
    private final InFlight inHand;
    private final RedeliveryTracker earlier;
    private final Counters counters;
    private final Set<Thread> handlerThreads = ConcurrentHashMap.newKeySet();

    DeliveryProcessor(
            MessageHandler handler,
            MessageErrorListener listener,
            InFlight inHand,
            RedeliveryTracker earlier,
            Counters counters) {
        this.handler = handler;
        this.listener = listener;
        this.inHand = inHand;
        this.earlier = earlier;
        this.counters = counters;
    }

    /** Does all that is to be done about one delivery; throws nothing. */
    void work(Delivery delivery) {
        if (!inHand.begin(delivery)) {
            return;
        }
        handlerThreads.add(Thread.currentThread());
        boolean interrupted = Thread.currentThread().isInterrupted();
        boolean acknowledge = false;
        try {
            LiveMessage message = delivery.message();
            UnreadableMessage unreadable = delivery.unreadable();
            acknowledge = message != null ? handle(message) : unreadable != null && judge(unreadable);
        } finally {
            handlerThreads.remove(Thread.currentThread());
            if (!interrupted) {
                // A flag that the handler leaves behind is not meant for the next message's.
                Thread.interrupted();
            }
            answer(delivery, acknowledge);
        }
    }

    /** Gives one delivery back that no thread could be had for; throws nothing. */
    void giveBack(Delivery delivery) {
        if (inHand.begin(delivery)) {
            LOG.warn("The executor takes no work: message {} is given back", delivery.messageId());
            counters.failed();
            answer(delivery, false);
        }
    }

    /** Whether the current thread is one that the handler or the error listener is being called by. */
    boolean isHandlerThread() {
        return handlerThreads.contains(Thread.currentThread());
    }

    private boolean handle(LiveMessage message) {
        try {
            handler.handle(message);
            return true;
        } catch (Throwable e) {
            counters.failed();
            // Without the exception's own words, which may quote the message.
            LOG.warn(
                    "The handler threw {} on {}: it will come again",
                    e.getClass().getName(),
                    message);
            return judge(() -> listener.handlerFailed(message, e), FailureVerdict.RETRY) == FailureVerdict.ACKNOWLEDGE;
        }
    }

    private boolean judge(UnreadableMessage message) {
        counters.failed();
        FailureVerdict usual = message.tries() < MessageErrorListener.UNREADABLE_TRIES
                ? FailureVerdict.RETRY
                : FailureVerdict.ACKNOWLEDGE;
        return judge(() -> listener.unreadable(message), usual) == FailureVerdict.ACKNOWLEDGE;
    }

    private static FailureVerdict judge(Supplier<FailureVerdict> listener, FailureVerdict usual) {
        try {
            return Objects.requireNonNullElse(listener.get(), usual);
        } catch (Throwable e) {
            LOG.warn("The error listener threw {}", e.getClass().getName());
            return usual;
        }
    }

    private void answer(Delivery delivery, boolean acknowledge) {
        boolean done = false;
        try {
            for (Connection connection : inHand.finish(delivery)) {
                if (!acknowledge) {
                    connection.negativeAcknowledge(delivery.messageId());
                } else if (connection.acknowledge(delivery.messageId())) {
                    counters.acknowledged();
                    done = true;
                }
            }
            if (done) {
                earlier.remove(delivery);
            } else {
                earlier.add(delivery);
            }
        } finally {
            inHand.answered();
        }
    }
}
