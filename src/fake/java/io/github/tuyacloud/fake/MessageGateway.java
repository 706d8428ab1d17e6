package io.github.tuyacloud.fake;

import java.time.Clock;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;

/** Accepts or refuses connections to the message service; owns its two topics and the timer for redeliveries. */
final class MessageGateway implements AutoCloseable {
    static final String PREFIX = "/ws/v2/";
    static final String TEMPLATE = "/ws/v2/consumer/persistent/{accessId}/out/{topic}/{subscription}";

    private static final long TICK_MILLIS = 20;

    private final String apiKey;
    private final String apiSecret;
    private final MessageCounters counters = new MessageCounters();
    private final MessageTopic production;
    private final MessageTopic testing;
    private @Nullable ScheduledThreadPoolExecutor timer;
    private boolean closed;
    private int refusalStatus;
    private int refusalsLeft;
    private long handshakes;

    MessageGateway(String apiKey, String apiSecret, Clock clock) {
        this.apiKey = apiKey;
        this.apiSecret = apiSecret;
        this.production = new MessageTopic(counters, clock);
        this.testing = new MessageTopic(counters, clock);
    }

    MessageTopic topic(boolean test) {
        return test ? testing : production;
    }

    MessageCounters counters() {
        return counters;
    }

    int connections() {
        return production.connections() + testing.connections();
    }

    synchronized long handshakes() {
        return handshakes;
    }

    synchronized void refuse(int httpStatus, int times) {
        refusalStatus = httpStatus;
        refusalsLeft = times;
    }

    /** Responds to a request to open a WebSocket. */
    MockResponse response(WireRequest request) {
        MessageHandshake handshake = MessageHandshake.of(request, apiKey, apiSecret);
        int status = admit(handshake);
        if (status != MessageHandshake.SWITCHING_PROTOCOLS) {
            return new MockResponse.Builder().code(status).build();
        }
        MessageTopic topic = topic(handshake.test());
        MessageConsumer consumer = new MessageConsumer(topic, handshake);
        if (!topic.reserve(consumer)) {
            return new MockResponse.Builder().code(409).build();
        }
        // A connection cut before the response was sent never becomes a WebSocket, so its listener is not called.
        LoopbackServerSocketFactory.whenConnectionCloses(consumer::connectionClosed);
        return new MockResponse.Builder().webSocketUpgrade(consumer).build();
    }

    private synchronized int admit(MessageHandshake handshake) {
        handshakes++;
        counters.changed();
        if (refusalsLeft > 0) {
            refusalsLeft--;
            return refusalStatus;
        }
        if (handshake.status() == MessageHandshake.SWITCHING_PROTOCOLS && timer == null && !closed) {
            timer = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "fake-messages");
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return handshake.status();
    }

    private void tick() {
        production.tick();
        testing.tick();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
