package io.github.tuyacloud.socket;

import io.github.tuyacloud.messages.MessageEnvironment;
import io.github.tuyacloud.messages.MessageErrorListener;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.SubscriptionType;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a builder has collected for a new subscription, checked.
 *
 * @param handler takes messages
 * @param errorListener learns of errors
 * @param environment which stream
 * @param subscriptionType how it is shared out
 * @param ackTimeout zero for none
 * @param receiverQueueSize the most messages in hand
 * @param negativeAckRedeliveryDelay after which what failed comes again
 * @param handlerThreads how many messages are handled side by side
 * @param closeTimeout how long closing waits
 * @param endpoint scheme, host and port, or null for the region's
 * @param executor runs the handler, or null for threads of our own
 */
record SubscriptionOptions(
        MessageHandler handler,
        MessageErrorListener errorListener,
        MessageEnvironment environment,
        SubscriptionType subscriptionType,
        Duration ackTimeout,
        int receiverQueueSize,
        Duration negativeAckRedeliveryDelay,
        int handlerThreads,
        Duration closeTimeout,
        @Nullable String endpoint,
        @Nullable Executor executor) {}
