package io.github.tuyacloud.socket;

import io.github.tuyacloud.messages.ConnectionListener;
import io.github.tuyacloud.messages.MessageEnvironment;
import io.github.tuyacloud.messages.MessageErrorListener;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.messages.SubscriptionType;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The handler and options of a subscription that a test is about to start. */
final class NewSubscription {

    private final Subscriptions subscriptions;
    private final SubscriptionOptions.Builder options = SubscriptionOptions.builder();
    private MessageHandler handler;

    NewSubscription(Subscriptions subscriptions, MessageHandler handler) {
        this.subscriptions = subscriptions;
        this.handler = handler;
    }

    NewSubscription handler(MessageHandler newHandler) {
        handler = newHandler;
        return this;
    }

    NewSubscription errorListener(MessageErrorListener listener) {
        options.errorListener(listener);
        return this;
    }

    NewSubscription connectionListener(ConnectionListener listener) {
        options.connectionListener(listener);
        return this;
    }

    NewSubscription environment(MessageEnvironment environment) {
        options.environment(environment);
        return this;
    }

    NewSubscription subscriptionType(SubscriptionType type) {
        options.subscriptionType(type);
        return this;
    }

    NewSubscription subscriptionSuffix(String suffix) {
        options.subscriptionSuffix(suffix);
        return this;
    }

    NewSubscription receiverQueueSize(int messages) {
        options.receiverQueueSize(messages);
        return this;
    }

    NewSubscription handlerThreads(int threads) {
        options.handlerThreads(threads);
        return this;
    }

    NewSubscription redeliveryDelay(Duration delay) {
        options.redeliveryDelay(delay);
        return this;
    }

    NewSubscription closeTimeout(Duration timeout) {
        options.closeTimeout(timeout);
        return this;
    }

    NewSubscription executor(Executor executor) {
        options.executor(executor);
        return this;
    }

    NewSubscription endpoint(String endpoint) {
        options.endpoint(endpoint);
        return this;
    }

    MessageSubscription start() {
        return subscriptions.start(handler, options.build());
    }
}
