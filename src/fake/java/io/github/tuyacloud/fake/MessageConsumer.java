package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/** One client of the message service: its connection, and how many deliveries it has yet to answer. */
final class MessageConsumer extends WebSocketListener {
    private final MessageTopic topic;
    private final MessageHandshake handshake;
    private volatile @Nullable WebSocket socket;
    private int pending;

    MessageConsumer(MessageTopic topic, MessageHandshake handshake) {
        this.topic = topic;
        this.handshake = handshake;
    }

    MessageHandshake handshake() {
        return handshake;
    }

    /** Whether the handshake is over. */
    boolean isOpen() {
        return socket != null;
    }

    /** Whether it may be sent another delivery; asked under the topic's lock. */
    boolean hasRoom() {
        return socket != null && pending < handshake.receiverQueueSize();
    }

    /** Sends a delivery, under the topic's lock; gives the number of those without an answer. */
    int send(String frame) {
        WebSocket open = socket;
        if (open != null) {
            open.send(frame);
        }
        return ++pending;
    }

    /** Returns the number of deliveries without an answer, under the topic's lock. */
    int pending() {
        return pending;
    }

    /** Notes an answer, under the topic's lock. */
    void answered() {
        pending--;
    }

    /** Gives its place up if the connection was closed during the handshake; later on the WebSocket tells, when it has read all. */
    void connectionClosed() {
        if (!isOpen()) {
            topic.leave(this);
        }
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        socket = webSocket;
        topic.opened();
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        JsonNode command = Json.parse(text).orElse(Json.object());
        String messageId = command.path("messageId").asText(null);
        String type = command.path("type").asText("");
        if (type.equals("permit") && topic.isOld()) {
            return;
        }
        if (messageId == null || !(type.isEmpty() || topic.isOld() || type.equals("negativeAcknowledge"))) {
            webSocket.close(1003, "neither an acknowledgement nor a negative one");
        } else if (type.isEmpty() || topic.isOld()) {
            topic.acknowledge(this, messageId);
        } else {
            topic.negativelyAcknowledge(this, messageId);
        }
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        webSocket.close(1000, null);
        topic.leave(this);
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
        topic.leave(this);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
        topic.leave(this);
    }
}
