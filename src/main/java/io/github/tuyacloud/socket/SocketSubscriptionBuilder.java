package io.github.tuyacloud.socket;

import io.github.tuyacloud.http.Endpoint;
import io.github.tuyacloud.messages.MessageEnvironment;
import io.github.tuyacloud.messages.MessageErrorListener;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.MessageSubscriptionBuilder;
import io.github.tuyacloud.messages.SubscriptionType;
import io.github.tuyacloud.messages.UnreadableVerdict;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Checks and collects the options of a subscription, and has {@link Subscriptions} start it. */
final class SocketSubscriptionBuilder implements MessageSubscriptionBuilder {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SHORTEST_ACK_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SHORTEST_REDELIVERY_DELAY = Duration.ofMillis(100);
    private static final int MOST_QUEUED = 1000;
    private static final int MOST_THREADS = 256;

    private final Subscriptions sockets;
    private @Nullable MessageHandler handler;
    private MessageErrorListener errorListener = message -> UnreadableVerdict.UNDECIDED;
    private MessageEnvironment environment = MessageEnvironment.PRODUCTION;
    private SubscriptionType subscriptionType = SubscriptionType.FAILOVER;
    private Duration ackTimeout = Duration.ofMinutes(1);
    private int receiverQueueSize = 200;
    private Duration negativeAckRedeliveryDelay = Duration.ofSeconds(10);
    private int handlerThreads = 1;
    private Duration closeTimeout = Duration.ofSeconds(10);
    private @Nullable String endpoint;
    private @Nullable Executor executor;

    SocketSubscriptionBuilder(Subscriptions sockets) {
        this.sockets = sockets;
    }

    @Override
    public MessageSubscriptionBuilder handler(MessageHandler taker) {
        this.handler = Objects.requireNonNull(taker, "handler");
        return this;
    }

    @Override
    public MessageSubscriptionBuilder errorListener(MessageErrorListener listener) {
        this.errorListener = Objects.requireNonNull(listener, "errorListener");
        return this;
    }

    @Override
    public MessageSubscriptionBuilder environment(MessageEnvironment stream) {
        this.environment = Objects.requireNonNull(stream, "environment");
        return this;
    }

    @Override
    public MessageSubscriptionBuilder subscriptionType(SubscriptionType type) {
        this.subscriptionType = Objects.requireNonNull(type, "subscriptionType");
        return this;
    }

    @Override
    public MessageSubscriptionBuilder ackTimeout(Duration timeout) {
        this.ackTimeout = timeout.isZero() ? timeout : inRange("ackTimeout", timeout, SHORTEST_ACK_TIMEOUT);
        return this;
    }

    @Override
    public MessageSubscriptionBuilder receiverQueueSize(int messages) {
        this.receiverQueueSize = inRange("receiverQueueSize", messages, MOST_QUEUED);
        return this;
    }

    @Override
    public MessageSubscriptionBuilder negativeAckRedeliveryDelay(Duration delay) {
        this.negativeAckRedeliveryDelay = inRange("negativeAckRedeliveryDelay", delay, SHORTEST_REDELIVERY_DELAY);
        return this;
    }

    @Override
    public MessageSubscriptionBuilder endpoint(String baseUrl) {
        this.endpoint = Endpoint.ofMessages(baseUrl);
        return this;
    }

    @Override
    public MessageSubscriptionBuilder handlerThreads(int threads) {
        this.handlerThreads = inRange("handlerThreads", threads, MOST_THREADS);
        return this;
    }

    @Override
    public MessageSubscriptionBuilder executor(Executor lender) {
        this.executor = Objects.requireNonNull(lender, "executor");
        return this;
    }

    @Override
    public MessageSubscriptionBuilder closeTimeout(Duration timeout) {
        this.closeTimeout = inRange("closeTimeout", timeout, Duration.ZERO);
        return this;
    }

    @Override
    public MessageSubscription start() {
        if (handler == null) {
            throw new IllegalStateException("There is no handler: set one before start()");
        }
        return sockets.start(new SubscriptionOptions(
                handler,
                errorListener,
                environment,
                subscriptionType,
                ackTimeout,
                receiverQueueSize,
                negativeAckRedeliveryDelay,
                handlerThreads,
                closeTimeout,
                endpoint,
                executor));
    }

    private static Duration inRange(String name, Duration value, Duration shortest) {
        if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " must be from " + shortest + " to " + LONGEST + ", not " + value);
        }
        return value;
    }

    private static int inRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1 to " + most + ", not " + value);
        }
        return value;
    }
}
