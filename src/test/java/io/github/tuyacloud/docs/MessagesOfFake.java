package io.github.tuyacloud.docs;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;

/** Replaces {@code cloud.messages()} in printed programs by a subscription to a fake cloud's message service. */
public final class MessagesOfFake {

    private final TuyaCloud cloud;
    private final String endpoint;

    private MessagesOfFake(TuyaCloud cloud, String endpoint) {
        this.cloud = cloud;
        this.endpoint = endpoint;
    }

    public static MessagesOfFake of(TuyaCloud cloud, String endpoint) {
        return new MessagesOfFake(cloud, endpoint);
    }

    public MessageSubscription subscribe(MessageHandler handler) {
        return subscribe(handler, SubscriptionOptions.builder().build());
    }

    public MessageSubscription subscribe(MessageHandler handler, SubscriptionOptions options) {
        return cloud.messages()
                .subscribe(handler, options.toBuilder().endpoint(endpoint).build());
    }
}
