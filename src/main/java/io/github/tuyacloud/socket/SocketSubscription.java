package io.github.tuyacloud.socket;

import io.github.tuyacloud.engine.DaemonThreads;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionCounters;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.messages.SubscriptionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running subscription: creates, owns and closes all parts and threads; thread-safe. */
final class SocketSubscription implements MessageSubscription, ConnectionLoop.FrameReceiver {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    /** The time for sending the last acknowledgments and for the closing handshake. */
    private static final Duration CLOSE_HANDSHAKE_TIMEOUT = Duration.ofSeconds(2);

    private final SubscriptionOptions options;
    private final Lifecycle lifecycle = new Lifecycle();
    private final Counters counters = new Counters();
    private final InFlight inFlight;
    private final DeliveryProcessor processor;
    private final OrderedExecutor orderedExecutor;
    private final DelayTimer timer;
    private final FrameHandler frameHandler;
    private final ConnectionLoop loop;
    private final SocketClient client;
    private final @Nullable ExecutorService ownHandlerThreads;
    private final Consumer<SocketSubscription> onEnd;
    private final Thread supervisor;

    /** Creates a subscription; nothing is sent before {@link #start}. */
    SocketSubscription(
            MessageHandler handler,
            SubscriptionOptions options,
            List<String> baseUrls,
            MessageCredentials credentials,
            @Nullable OkHttpClient userClient,
            Subscriptions.TimeSource time,
            Consumer<SocketSubscription> onEnd) {
        this.options = options;
        this.onEnd = onEnd;
        this.timer = time.timers().get();
        int slots = options.receiverQueueSize();
        this.inFlight = new InFlight(slots, counters, timer, time.nanoTime());
        this.processor = new DeliveryProcessor(
                handler,
                options.errorListener(),
                options.redeliveryDelay(),
                new MessageReader(new PayloadCipher(credentials.payloadKey())),
                inFlight,
                counters);
        Executor executor = options.executor();
        if (executor == null) {
            ExecutorService own = Executors.newFixedThreadPool(
                    options.handlerThreads(), DaemonThreads.named("tuya-messages-handler"));
            this.ownHandlerThreads = own;
            executor = own;
        } else {
            this.ownHandlerThreads = null;
        }
        this.orderedExecutor = new OrderedExecutor(
                processor,
                executor,
                timer,
                time.nanoTime(),
                new OrderedExecutor.Settings(options.handlerThreads(), slots, options.redeliveryDelay()));
        this.frameHandler = new FrameHandler(inFlight, orderedExecutor, slots);
        this.client = new SocketClient(userClient, time.pingInterval());
        this.loop = new ConnectionLoop(
                client,
                baseUrls,
                baseUrl -> MessageAddress.request(baseUrl, credentials, options),
                lifecycle,
                counters,
                time,
                options.connectionListener(),
                this);
        this.supervisor = DaemonThreads.named("tuya-messages").newThread(this::supervise);
    }

    void start() {
        supervisor.start();
    }

    /** Stops handling messages and makes the supervisor shut down. */
    void beginClosing() {
        // Not left to the supervisor, because handlers could start further messages until it runs.
        inFlight.close();
        orderedExecutor.close();
        if (lifecycle.advance(SubscriptionState.CLOSING)) {
            supervisor.interrupt();
        }
    }

    /** Returns whether the current thread is calling the handler or the error listener. */
    boolean isHandlerThread() {
        return processor.isHandlerThread();
    }

    @Override
    public SubscriptionState state() {
        return lifecycle.state();
    }

    @Override
    public SubscriptionCounters counters() {
        return counters.snapshot(orderedExecutor.waiting());
    }

    @Override
    public @Nullable TuyaException failure() {
        return lifecycle.failure();
    }

    @Override
    public @Nullable TuyaException lastRefusal() {
        return loop.lastRefusal();
    }

    @Override
    public @Nullable Instant lastHeard() {
        return loop.lastHeard();
    }

    @Override
    public boolean awaitConnected(Duration timeout) throws InterruptedException {
        lifecycle.await(state -> state == SubscriptionState.CONNECTED || !lifecycle.running(), timeout);
        throwFailure();
        TuyaException refusal = loop.lastRefusal();
        if (refusal != null && lifecycle.running() && state() != SubscriptionState.CONNECTED) {
            throw refusal;
        }
        return state() == SubscriptionState.CONNECTED;
    }

    @Override
    public void await() throws InterruptedException {
        await(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        if (isHandlerThread()) {
            throw new IllegalStateException(
                    "await() was called by a message handler, and the subscription does not end before its handlers return: call it"
                            + " from another thread");
        }
        lifecycle.await(SubscriptionState::ended, timeout);
        throwFailure();
        return state().ended();
    }

    @Override
    public void close() {
        beginClosing();
        if (isHandlerThread()) {
            return;
        }
        try {
            lifecycle.await(
                    SubscriptionState::ended, options.closeTimeout().plus(CLOSE_HANDSHAKE_TIMEOUT.multipliedBy(2)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void frame(Connection connection, String text) {
        frameHandler.accept(connection, text);
    }

    @Override
    public void lost(Connection connection) {
        inFlight.lost(connection);
        orderedExecutor.removeIf(delivery -> !inFlight.contains(delivery));
    }

    private void supervise() {
        TuyaException failure = null;
        try {
            failure = loop.run();
        } catch (InterruptedException e) {
            // The subscription is closing.
        } catch (RuntimeException | Error e) {
            failure = new TuyaTransportException(
                    CallFailure.builder(Refusal.OPERATION).build(), "an unexpected error", Sent.MAYBE, e);
            LogSafe.warn(LOG, "The message socket failed unexpectedly", e);
        } finally {
            shutDown(failure);
        }
    }

    /**
     * Waits for running handlers, closes the connection, and ends all threads. Unacknowledged messages will be
     * redelivered.
     */
    private void shutDown(@Nullable TuyaException failure) {
        inFlight.close();
        orderedExecutor.close();
        try {
            if (!inFlight.awaitIdle(options.closeTimeout())) {
                LogSafe.warn(
                        LOG,
                        "A handler is still running after {}: its message will be redelivered",
                        options.closeTimeout());
            }
        } catch (InterruptedException e) {
            LogSafe.debug(LOG, "Closing was interrupted");
        }
        timer.close();
        loop.closeConnection(CLOSE_HANDSHAKE_TIMEOUT);
        if (ownHandlerThreads != null) {
            ownHandlerThreads.shutdownNow();
        }
        client.close();
        onEnd.accept(this);
        lifecycle.end(failure);
        if (failure != null) {
            report(failure);
        }
    }

    private void report(TuyaException failure) {
        LogSafe.warn(LOG, "The subscription to live messages has ended: {}", failure.getMessage());
        try {
            options.errorListener().ended(failure);
        } catch (Throwable e) {
            LogSafe.warn(LOG, "The error listener threw {}", e.getClass().getName());
        }
    }

    private void throwFailure() {
        TuyaException failure = lifecycle.failure();
        if (failure != null) {
            throw failure;
        }
    }
}
