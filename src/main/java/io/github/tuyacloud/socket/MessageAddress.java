package io.github.tuyacloud.socket;

import io.github.tuyacloud.messages.MessageEnvironment;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.messages.SubscriptionType;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Creates the request that opens the message socket. */
final class MessageAddress {

    private MessageAddress() {}

    /** Returns the handshake of a subscription; its headers contain the password. */
    static Request request(String endpoint, MessageCredentials credentials, SubscriptionOptions options) {
        // HttpUrl does not accept ws and wss.
        HttpUrl url = HttpUrl.get("http" + endpoint.substring("ws".length()))
                .newBuilder()
                .addPathSegments("ws/v2/consumer/persistent")
                .addPathSegment(credentials.accessId())
                .addPathSegment("out")
                .addPathSegment(options.environment() == MessageEnvironment.TEST ? "event-test" : "event")
                .addPathSegment(credentials.accessId() + "-" + options.subscriptionSuffix())
                .addQueryParameter("subscriptionType", wireName(options.subscriptionType()))
                .addQueryParameter("ackTimeoutMillis", "0")
                .addQueryParameter("receiverQueueSize", String.valueOf(options.receiverQueueSize()))
                .build();
        return new Request.Builder()
                .url(url)
                .header("username", credentials.accessId())
                .header("password", credentials.password())
                .build();
    }

    private static String wireName(SubscriptionType type) {
        return switch (type) {
            case FAILOVER -> "Failover";
            case SHARED -> "Shared";
            case KEY_SHARED -> "Key_Shared";
            case EXCLUSIVE -> "Exclusive";
        };
    }
}
