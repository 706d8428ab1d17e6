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

/** One connection to the message service, from handshake to end; thread-safe. */
final class Connection {

    private static final int NORMAL = 1000;
    private static final int NO_STATUS = -1;

    private final LastActivity lastActivity;
    private final Receiver receiver;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger slotsInUse = new AtomicInteger();
    private final AtomicInteger slotsLost = new AtomicInteger();
    private volatile boolean opened;
    private volatile int httpStatus = NO_STATUS;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable WebSocket webSocket;

    /** Receives the events of a connection. */
    interface Receiver {

        /** Called when the handshake has succeeded. */
        void connected(Connection connection);

        /** Called with each frame; the next frame is not read until this method returns. */
        void frame(Connection connection, String text);
    }

    /** Creates a connection that has not been started. */
    Connection(LastActivity lastActivity, Receiver receiver) {
        this.lastActivity = lastActivity;
        this.receiver = receiver;
    }

    /** Starts connecting and returns immediately. */
    void start(OkHttpClient client, Request request) {
        webSocket = client.newWebSocket(request, new Listener());
    }

    /** Waits until the connection has ended. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Like {@link #awaitEnd()}, but returns false if the connection has not ended within the timeout. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    LastActivity lastActivity() {
        return lastActivity;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Returns whether the handshake succeeded. */
    boolean opened() {
        return opened;
    }

    /** Returns the HTTP status of a refused handshake; -1 if there was no response, or the handshake succeeded. */
    int httpStatus() {
        return httpStatus;
    }

    /** Returns the exception that ended the connection; null after a clean end. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /**
     * Acknowledges one frame. Returns false if the connection has ended; the message will be redelivered.
     *
     * <p>Nothing else may be sent: gateways older than 2.8 treat every frame as an acknowledgment.
     */
    boolean acknowledge(String messageId) {
        WebSocket socket = webSocket;
        boolean sent = socket != null && !hasEnded() && socket.send(acknowledgment(messageId));
        if (sent) {
            slotsInUse.decrementAndGet();
        }
        return sent;
    }

    private static String acknowledgment(String messageId) {
        return isPlain(messageId)
                ? "{\"messageId\":\"" + messageId + "\"}"
                : Json.write(Map.of("messageId", messageId));
    }

    /** Returns whether an id needs no JSON escapes; most ids are Base64. */
    private static boolean isPlain(String messageId) {
        for (int i = 0; i < messageId.length(); i++) {
            char c = messageId.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Ends the connection because it cannot or must not be used any longer. */
    void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
        cancel();
        ended.countDown();
    }

    /** Counts a frame, which occupies a slot in this connection's queue until it is acknowledged. */
    void occupySlot() {
        slotsInUse.incrementAndGet();
    }

    /** Returns the number of unacknowledged frames. */
    int slotsInUse() {
        return slotsInUse.get();
    }

    /** Counts a frame that can never be acknowledged. Returns the number of such frames. */
    int loseSlot() {
        occupySlot();
        return slotsLost.incrementAndGet();
    }

    /** Ends the connection abruptly. */
    void cancel() {
        WebSocket socket = webSocket;
        if (socket != null) {
            socket.cancel();
        }
    }

    /** Sends queued frames and closes the connection; ends it abruptly after the timeout. */
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
            lastActivity.record();
            try {
                receiver.frame(Connection.this, text);
            } catch (Throwable e) {
                // OkHttp does not report an Error to listeners.
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
