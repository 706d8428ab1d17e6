package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.messages.FailureVerdict;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageErrorListener;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.UnreadableMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decrypts messages, calls the program's handler or error listener, and decides about acknowledgment and retry;
 * thread-safe.
 */
final class DeliveryProcessor implements OrderedExecutor.Work {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    private static final Duration MAX_DELAY = Duration.ofMinutes(1);

    /** Doubling even the shortest delay this often exceeds {@link #MAX_DELAY}. */
    private static final int MAX_DOUBLINGS = 10;

    private final MessageHandler handler;
    private final MessageErrorListener listener;
    private final Duration firstDelay;
    private final MessageReader reader;
    private final InFlight inFlight;
    private final Counters counters;
    private final Set<Thread> handlerThreads = ConcurrentHashMap.newKeySet();

    DeliveryProcessor(
            MessageHandler handler,
            MessageErrorListener listener,
            Duration firstDelay,
            MessageReader reader,
            InFlight inFlight,
            Counters counters) {
        this.handler = handler;
        this.listener = listener;
        this.firstDelay = firstDelay;
        this.reader = reader;
        this.inFlight = inFlight;
        this.counters = counters;
    }

    /**
     * Decrypts a message and returns its key: the device id, else the key-shared key of the message service, else the
     * message id.
     */
    @Override
    public String prepare(Delivery delivery) {
        LiveMessage message = read(delivery);
        if (message == null) {
            return delivery.messageId();
        }
        if (message.deviceId() != null) {
            return message.deviceId();
        }
        String key = delivery.frame().key();
        return key != null ? key : delivery.messageId();
    }

    private @Nullable LiveMessage read(Delivery delivery) {
        String reason;
        try {
            LiveMessage message = reader.read(delivery.frame(), delivery.redeliveryCount());
            delivery.setMessage(message);
            return message;
        } catch (UnreadableException e) {
            reason = e.reason();
        } catch (Throwable e) {
            // One message must not stop the processing of others.
            reason = "it cannot be read (" + e.getClass().getName() + ")";
        }
        Frame frame = delivery.frame();
        delivery.setUnreadable(new UnreadableMessage(
                frame.messageId(), delivery.attempts() + 1, reason, frame.properties(), frame.payload()));
        return null;
    }

    @Override
    public boolean handle(Delivery delivery) {
        if (!inFlight.begin(delivery)) {
            return false;
        }
        if (delivery.localAttempts() > 0) {
            counters.retried();
            read(delivery);
        }
        handlerThreads.add(Thread.currentThread());
        boolean interrupted = Thread.currentThread().isInterrupted();
        try {
            return call(delivery) == FailureVerdict.ACKNOWLEDGE;
        } finally {
            handlerThreads.remove(Thread.currentThread());
            if (!interrupted) {
                // An interrupt flag set by the handler must not affect the next message.
                Thread.interrupted();
            }
        }
    }

    @Override
    public @Nullable Duration settle(Delivery delivery, boolean done) {
        if (done) {
            inFlight.succeeded(delivery);
            return null;
        }
        // Not running: it was dropped before its handler was called.
        return delivery.running() && inFlight.failed(delivery) ? delay(delivery.attempts()) : null;
    }

    /** Returns whether the current thread is calling the handler or the error listener. */
    boolean isHandlerThread() {
        return handlerThreads.contains(Thread.currentThread());
    }

    private Duration delay(int attempts) {
        Duration delay = firstDelay.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        return delay.compareTo(MAX_DELAY) < 0 ? delay : MAX_DELAY;
    }

    private FailureVerdict call(Delivery delivery) {
        LiveMessage message = delivery.message();
        UnreadableMessage unreadable = delivery.unreadable();
        if (message != null) {
            return callHandler(message);
        }
        return unreadable == null ? FailureVerdict.RETRY : handleUnreadable(unreadable);
    }

    private FailureVerdict callHandler(LiveMessage message) {
        try {
            handler.handle(message);
            return FailureVerdict.ACKNOWLEDGE;
        } catch (Throwable e) {
            counters.failed();
            FailureVerdict verdict = askListener(() -> listener.handlerFailed(message, e), FailureVerdict.RETRY);
            // Without the exception's message, which may quote the content.
            LogSafe.warn(
                    LOG,
                    "The handler threw {} for {}, attempt {}: {}",
                    e.getClass().getName(),
                    message,
                    message.header().redeliveryCount() + 1,
                    verdict == FailureVerdict.RETRY ? "it will be retried" : "it is acknowledged anyway");
            return verdict;
        }
    }

    private FailureVerdict handleUnreadable(UnreadableMessage message) {
        counters.failed();
        FailureVerdict usual = message.attempts() < MessageErrorListener.MAX_UNREADABLE_ATTEMPTS
                ? FailureVerdict.RETRY
                : FailureVerdict.ACKNOWLEDGE;
        FailureVerdict verdict = askListener(() -> listener.unreadable(message), usual);
        if (verdict == FailureVerdict.ACKNOWLEDGE) {
            LogSafe.warn(LOG, "A message is acknowledged unread: {}", message);
        }
        return verdict;
    }

    private static FailureVerdict askListener(Supplier<@Nullable FailureVerdict> listener, FailureVerdict usual) {
        try {
            return Objects.requireNonNullElse(listener.get(), usual);
        } catch (Throwable e) {
            LogSafe.warn(LOG, "The error listener threw {}", e.getClass().getName());
            return usual;
        }
    }
}
