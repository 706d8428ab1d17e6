package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/** One connection to the message service, from its handshake to its end; thread-safe. */
final class Connection {

    private static final int NORMAL = 1000;
    private static final int NO_STATUS = -1;

    private final Heard heard;
    private final Receiver receiver;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger placesTaken = new AtomicInteger();
    private final AtomicInteger placesLost = new AtomicInteger();
    private volatile boolean opened;
    private volatile int httpStatus = NO_STATUS;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable WebSocket webSocket;

    /** Receives the events of a connection. */
    interface Receiver {

        /** Called when the handshake has succeeded. */
        void connected(Connection connection);

        /** Called with each frame; the next one is not read before this returns. */
        void frame(Connection connection, String text);
    }

    private Connection(Heard heard, Receiver receiver) {
        this.heard = heard;
        this.receiver = receiver;
    }

    /** Starts to connect. */
    static Connection open(OkHttpClient client, Request request, Heard heard, Receiver receiver) {
        Connection connection = new Connection(heard, receiver);
        connection.webSocket = client.newWebSocket(request, connection.new Listener());
        return connection;
    }

    /** Waits for its end. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Waits for its end. Returns false if it is still open after the timeout. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    Heard heard() {
        return heard;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Returns whether the handshake succeeded. */
    boolean opened() {
        return opened;
    }

    /** Returns the status of a refused handshake; -1 if there was no answer or no refusal. */
    int httpStatus() {
        return httpStatus;
    }

    /** Returns why it ended, if known; null after a clean end. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /**
     * Acknowledges one frame. Returns false if the connection has ended; the message will be redelivered. Nothing else
     * may be sent: gateways older than 2.8 treat every frame as an acknowledgment.
     */
    boolean acknowledge(String messageId) {
        WebSocket socket = webSocket;
        boolean sent = socket != null && !hasEnded() && socket.send(acknowledgement(messageId));
        if (sent) {
            placesTaken.decrementAndGet();
        }
        return sent;
    }

    private static String acknowledgement(String messageId) {
        return isPlain(messageId)
                ? "{\"messageId\":\"" + messageId + "\"}"
                : Json.write(Map.of("messageId", messageId));
    }

    /** Returns whether an id needs no escapes; usually it is Base64. */
    private static boolean isPlain(String messageId) {
        for (int i = 0; i < messageId.length(); i++) {
            char c = messageId.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Ends the connection because the program cannot or must not go on with it. */
    void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
        cancel();
        ended.countDown();
    }

    /** Counts a frame, which occupies a place in the queue of this connection until it is acknowledged. */
    void takePlace() {
        placesTaken.incrementAndGet();
    }

    /** Returns the number of unacknowledged frames. */
    int placesTaken() {
        return placesTaken.get();
    }

    /** Counts a frame that can never be acknowledged. Returns their number. */
    int losePlace() {
        takePlace();
        return placesLost.incrementAndGet();
    }

    /** Ends the connection abruptly. */
    void cancel() {
        WebSocket socket = webSocket;
        if (socket != null) {
            socket.cancel();
        }
    }

    /** Sends what is queued and ends the connection, abruptly after the timeout. */
    void close(long timeoutMillis) {
        WebSocket socket = webSocket;
        if (socket == null) {
            return;
        }
        try {
            if (opened && socket.close(NORMAL, null)) {
                ended.await(timeoutMillis, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            socket.cancel();
        }
    }

    private final class Listener extends WebSocketListener {

        @Override
        public void onOpen(WebSocket socket, Response response) {
            webSocket = socket;
            opened = true;
            receiver.connected(Connection.this);
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            heard.now();
            try {
                receiver.frame(Connection.this, text);
            } catch (Throwable e) {
                // OkHttp tells no listener of errors.
                fail(e);
            }
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(NORMAL, null);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            ended.countDown();
        }

        @Override
        public void onFailure(WebSocket socket, Throwable t, @Nullable Response response) {
            if (response != null && !opened) {
                httpStatus = response.code();
            }
            fail(t);
        }
    }
}
