package io.github.tuyacloud.socket;

import io.github.tuyacloud.engine.RegionResolver;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Builds the request that opens the message socket, and checks the addresses that it may go to. */
final class MessageAddress {

    private MessageAddress() {}

    /** Gives an endpoint back in its plain form: scheme, host and port. */
    static String checkEndpoint(String endpoint) {
        URI uri;
        try {
            uri = new URI(endpoint.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("The endpoint is not a URL: " + e.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean plain = uri.getHost() != null
                && RegionResolver.hasPossiblePort(uri)
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        if (!plain || !(scheme.equals("wss") || scheme.equals("ws"))) {
            throw new IllegalArgumentException(
                    "The endpoint must be scheme, host and perhaps a port, such as wss://mqe.tuyaeu.com:8285");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (scheme.equals("ws") && !RegionResolver.isLoopback(host)) {
            throw new IllegalArgumentException(
                    "The endpoint must use wss: plain ws is taken for a loopback host only, and " + host + " is none");
        }
        return scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

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
