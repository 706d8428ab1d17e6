package io.github.tuyacloud.brokers;

import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** Acknowledges each message by its id and does nothing else, which is the minimum work for a client. */
final class BareSocket {
    private static final String ID = "\"messageId\":\"";

    private BareSocket() {}

    /** Receives a number of messages, and returns the time it took in nanoseconds, including the handshake. */
    static long drain(String endpoint, String accessId, int queueSize, int messages) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(messages);
        OkHttpClient client = new OkHttpClient();
        String url = "http" + endpoint.substring(2) + "/ws/v2/consumer/persistent/" + accessId + "/out/event/"
                + accessId + "-sub?subscriptionType=Failover&ackTimeoutMillis=60000&receiverQueueSize=" + queueSize;
        long start = System.nanoTime();
        WebSocket socket = client.newWebSocket(new Request.Builder().url(url).build(), new WebSocketListener() {
            @Override
            public void onMessage(WebSocket webSocket, String text) {
                int from = text.indexOf(ID) + ID.length();
                webSocket.send("{\"messageId\":\"" + text.substring(from, text.indexOf('"', from)) + "\"}");
                left.countDown();
            }
        });
        try {
            if (!Patience.await(120, left)) {
                throw new IllegalStateException(left.getCount() + " messages did not arrive");
            }
            return System.nanoTime() - start;
        } finally {
            socket.close(1000, null);
            client.dispatcher().executorService().shutdown();
        }
    }
}
