package io.github.tuyacloud;

import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.socket.Subscriptions;
import java.util.Objects;

/**
 * Live messages, from {@link TuyaCloud#messages()}: device changes that the cloud pushes as they happen.
 *
 * <p>Messages do not count against the quota of API calls, but the message service has its own quota. It must be
 * enabled in the project's console, with a messaging rule for the environment.
 */
public final class Messages {

    private final Subscriptions subscriptions;

    Messages(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /**
     * Subscribes with the default options: production, failover, one handler thread.
     *
     * @param handler called for each message
     * @return the running subscription, which is closed with the client at the latest
     * @throws IllegalStateException if the client is closed
     * @throws IllegalArgumentException if the project's access secret is too short to decrypt messages
     */
    public MessageSubscription subscribe(MessageHandler handler) {
        return subscribe(handler, SubscriptionOptions.builder().build());
    }

    /**
     * Subscribes to the message service of the client's current region. Connects in the background; use
     * {@link MessageSubscription#awaitConnected} to wait for it.
     *
     * @param handler called for each message
     * @param options which messages to receive, and how to handle them
     * @return the running subscription, which is closed with the client at the latest
     * @throws IllegalStateException if the client is closed
     * @throws IllegalArgumentException if the project's access secret is too short to decrypt messages
     */
    public MessageSubscription subscribe(MessageHandler handler, SubscriptionOptions options) {
        return subscriptions.start(
                Objects.requireNonNull(handler, "handler"), Objects.requireNonNull(options, "options"));
    }
}
