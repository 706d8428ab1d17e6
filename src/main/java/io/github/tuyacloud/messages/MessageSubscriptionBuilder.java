package io.github.tuyacloud.messages;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Collects the options of a subscription to live messages and starts it; not safe for use by several threads.
 *
 * <pre>{@code
 * try (MessageSubscription subscription = cloud.messages()
 *         .handler(message -> System.out.println(message.deviceId()))
 *         .start()) {
 *     subscription.await();
 * }
 * }</pre>
 */
public interface MessageSubscriptionBuilder {

    /**
     * Sets what messages are handed to. The only option that has to be set.
     *
     * @param handler called for each message, by one thread at a time unless {@link #handlerThreads} says otherwise
     * @return this builder
     */
    MessageSubscriptionBuilder handler(MessageHandler handler);

    /**
     * Sets what learns of errors, and decides about messages that cannot be read.
     *
     * @param listener unless set, such a message comes again and is acknowledged after its third delivery
     * @return this builder
     */
    MessageSubscriptionBuilder errorListener(MessageErrorListener listener);

    /**
     * Chooses the stream of messages.
     *
     * @param environment {@link MessageEnvironment#PRODUCTION} unless set
     * @return this builder
     */
    MessageSubscriptionBuilder environment(MessageEnvironment environment);

    /**
     * Chooses how messages are shared out among programs.
     *
     * @param type {@link SubscriptionType#FAILOVER} unless set; the same for all programs of a project
     * @return this builder
     */
    MessageSubscriptionBuilder subscriptionType(SubscriptionType type);

    /**
     * AdmissionControl how long the message service waits for an acknowledgement before it delivers a message again. A message that is
     * still waiting or being handled when it comes again is not handled twice, but each repetition is traffic: allow for the
     * time that a whole receiver queue takes to be handled.
     *
     * @param timeout from a second to an hour, or zero for no limit; a minute unless set
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    MessageSubscriptionBuilder ackTimeout(Duration timeout);

    /**
     * AdmissionControl how many messages are in hand: taken but not acknowledged. No more are sent meanwhile, so that a slow handler
     * never fills the memory.
     *
     * @param messages 1 to 1000; 200 unless set
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    MessageSubscriptionBuilder receiverQueueSize(int messages);

    /**
     * Sets after which time a message whose handler threw comes again.
     *
     * @param delay from 100 milliseconds to an hour; ten seconds unless set
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    MessageSubscriptionBuilder negativeAckRedeliveryDelay(Duration delay);

    /**
     * Connects to another address than the region's own message service, such as a proxy or a fake cloud.
     *
     * @param baseUrl scheme, host and perhaps a port; {@code wss}, or {@code ws} for a loopback host
     * @return this builder
     * @throws IllegalArgumentException if it is no such address
     */
    MessageSubscriptionBuilder endpoint(String baseUrl);

    /**
     * Sets how many messages are handled side by side. With one, all are handled in the order in which they came; with
     * more, those of each device are.
     *
     * @param threads 1 to 256; 1 unless set
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    MessageSubscriptionBuilder handlerThreads(int threads);

    /**
     * Runs the handler on threads of one's own, still at most {@link #handlerThreads} messages side by side and in the same
     * order. It is not shut down with the subscription.
     *
     * @param executor daemon threads of the subscription's own unless set
     * @return this builder
     */
    MessageSubscriptionBuilder executor(Executor executor);

    /**
     * AdmissionControl how long closing waits for the messages that are being handled.
     *
     * @param timeout from zero to an hour; ten seconds unless set
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    MessageSubscriptionBuilder closeTimeout(Duration timeout);

    /**
     * Starts a subscription. It connects in the background;
     * {@link MessageSubscription#awaitConnected(Duration)} tells when it has.
     *
     * @return the running subscription, which is closed with the client at the latest
     * @throws IllegalStateException if there is no handler, or the client is closed
     * @throws IllegalArgumentException if the project's access secret cannot be one
     */
    MessageSubscription start();
}
