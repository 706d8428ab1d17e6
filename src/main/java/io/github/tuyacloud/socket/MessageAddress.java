package io.github.tuyacloud.socket;

import okhttp3.HttpUrl;
import okhttp3.Request;

/** Builds the request that opens the message socket. */
final class MessageAddress {

    private MessageAddress() {}

    /** The handshake of a subscription; its headers hold the password. */
    static Request request(String endpoint, MessageCredentials credentials, SubscriptionOptions options) {
        // OkHttp's addresses know http only; the handshake is HTTP.
        HttpUrl url = HttpUrl.get("http" + endpoint.substring("ws".length()))
                .newBuilder()
                .addPathSegments("ws/v2/consumer/persistent")
                .addPathSegment(credentials.accessId())
                .addPathSegment("out")
                .addPathSegment(options.environment().topic())
                .addPathSegment(credentials.accessId() + "-sub")
                .addQueryParameter(
                        "subscriptionType", options.subscriptionType().wireName())
                .addQueryParameter(
                        "ackTimeoutMillis", String.valueOf(options.ackTimeout().toMillis()))
                .addQueryParameter("receiverQueueSize", String.valueOf(options.receiverQueueSize()))
                .addQueryParameter(
                        "negativeAckRedeliveryDelay",
                        String.valueOf(options.negativeAckRedeliveryDelay().toMillis()))
                .build();
        return new Request.Builder()
                .url(url)
                .header("username", credentials.accessId())
                .header("password", credentials.password())
                .build();
    }
}
