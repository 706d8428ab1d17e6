package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/** One consumer of the message service: its connection and the number of outstanding deliveries. */
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

    /** Returns whether the handshake is complete. */
    boolean isOpen() {
        return socket != null;
    }

    /** Returns whether its receiver queue has room; call under the topic's lock. */
    boolean hasRoom() {
        return socket != null && pending < handshake.receiverQueueSize();
    }

    /** Sends a delivery and returns the number of outstanding ones; call under the topic's lock. */
    int send(String frame) {
        WebSocket open = socket;
        if (open != null) {
            open.send(frame);
        }
        return ++pending;
    }

    /** Returns the number of outstanding deliveries; call under the topic's lock. */
    int pending() {
        return pending;
    }

    /** Counts an acknowledgment, positive or negative; call under the topic's lock. */
    void settled() {
        pending--;
    }

    /** Leaves the topic if the connection closed during the handshake; after it, the WebSocket listener does that. */
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
            webSocket.close(1003, "expected an acknowledgment or a negative acknowledgment");
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
