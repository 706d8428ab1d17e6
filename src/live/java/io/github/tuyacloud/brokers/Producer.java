package io.github.tuyacloud.brokers;

import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** Sends messages over Pulsar's WebSocket API, which needs no client library. Not thread-safe. */
final class Producer implements AutoCloseable {
    private static final int MOST_IN_FLIGHT = 1_000;
    private static final long PATIENCE_SECONDS = 300;

    private final Semaphore places = new Semaphore(MOST_IN_FLIGHT);
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final OkHttpClient http = new OkHttpClient();
    private final WebSocket socket;
    private int sent;

    Producer(String url, boolean batching) throws InterruptedException {
        String options =
                "?messageRoutingMode=RoundRobinPartition&sendTimeoutMillis=0&maxPendingMessages=" + 2 * MOST_IN_FLIGHT
                        + "&batchingEnabled=" + batching + "&batchingMaxMessages=20&batchingMaxPublishDelay=20";
        Request request =
                new Request.Builder().url("http" + url.substring(2) + options).build();
        socket = http.newWebSocket(request, new Acknowledgments());
        if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            fail("no response to the handshake");
        }
        check();
    }

    /** Sends a report of a counter, keyed by device; the two ciphers alternate. */
    void send(String device, int sequence, int padding) throws InterruptedException {
        boolean gcm = sent % 2 == 0;
        send(device, Envelopes.report(device, sequence, padding, gcm), gcm);
    }

    /** Sends a report of one value, a number or a Boolean. */
    void send(String device, String code, Object value, long time) throws InterruptedException {
        send(device, Envelopes.report(device, code, value, time), false);
    }

    /** Sends a message that cannot be decrypted. */
    void sendUnreadable(String device, int sequence) throws InterruptedException {
        send(device, Envelopes.unreadable(device, sequence), false);
    }

    private void send(String device, byte[] envelope, boolean gcm) throws InterruptedException {
        if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            fail("the broker stopped confirming messages");
        }
        check();
        sent++;
        socket.send("{\"payload\":\"" + Base64.getEncoder().encodeToString(envelope) + "\",\"key\":\"" + device
                + "\",\"properties\":{\"em\":\"" + (gcm ? "aes_gcm" : "aes_ecb") + "\"}}");
    }

    /** Waits until the broker has stored all of them. */
    @Override
    public void close() throws InterruptedException {
        try {
            if (!places.tryAcquire(MOST_IN_FLIGHT, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                fail("the broker did not confirm all messages");
            }
            check();
        } finally {
            socket.close(1000, null);
            http.dispatcher().executorService().shutdown();
        }
    }

    private void fail(String text) {
        failure.compareAndSet(null, text);
    }

    private void check() {
        if (failure.get() != null) {
            throw new IllegalStateException("Producing failed after " + sent + " messages: " + failure);
        }
    }

    private final class Acknowledgments extends WebSocketListener {
        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            open.countDown();
        }

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            if (!text.contains("\"result\":\"ok\"")) {
                fail(text);
            }
            places.release();
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable problem, Response response) {
            fail(problem + ", " + response);
            open.countDown();
            places.release(MOST_IN_FLIGHT);
        }
    }
}
