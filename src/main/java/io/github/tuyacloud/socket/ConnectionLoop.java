package io.github.tuyacloud.socket;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.messages.ConnectionListener;
import io.github.tuyacloud.messages.SubscriptionState;
import java.time.Duration;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one subscription connected: connects, waits for the end of the connection, waits a little, connects again. */
final class ConnectionLoop implements Connection.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLoop.class);

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** Credentials that were good once may be refused for a moment, by a service that is being restarted for instance. */
    private static final int REFUSALS_BELIEVED_AFTER_SUCCESS = 5;

    /** A connection that lasted so long was of use even if nothing came on it. */
    private static final Duration LASTING = Duration.ofSeconds(30);

    private final SocketClient client;
    private final Request request;
    private final Lifecycle lifecycle;
    private final Counters counters;
    private final Subscriptions.TimeSource chance;
    private final ReconnectDelay delay;
    private final ConnectionListener listener;
    private final FrameTaker taker;
    private volatile @Nullable Connection current;
    private volatile boolean everConnected;
    private volatile boolean frameCame;
    private volatile long lastHeardNanos;

    /** Takes what connections bring. */
    interface FrameTaker {

        /** A frame has come. */
        void frame(Connection connection, String text);

        /** The connection has ended; nothing more comes on it. */
        void lost(Connection connection);
    }

    ConnectionLoop(
            SocketClient client,
            Request request,
            Lifecycle lifecycle,
            Counters counters,
            Subscriptions.TimeSource chance,
            ConnectionListener listener,
            FrameTaker taker) {
        this.client = client;
        this.request = request;
        this.lifecycle = lifecycle;
        this.counters = counters;
        this.chance = chance;
        this.delay = new ReconnectDelay(chance.random());
        this.listener = listener;
        this.taker = taker;
    }

    /**
     * Stays connected until interrupted or refused.
     *
     * @return the refusal
     */
    TuyaAuthException run() throws InterruptedException {
        int refusals = 0;
        for (int attempts = 1; ; attempts++) {
            long start = chance.nanoTime().getAsLong();
            frameCame = false;
            Connection connection = client.open(request, this);
            current = connection;
            connection.awaitEnd();
            taker.lost(connection);
            if (connection.opened()) {
                listener.lost();
            }
            refusals = isRefusal(connection) ? refusals + 1 : 0;
            if (refusals >= (everConnected ? REFUSALS_BELIEVED_AFTER_SUCCESS : 1)) {
                return refusal(connection, attempts);
            }
            boolean lasted = chance.nanoTime().getAsLong() - start >= LASTING.toNanos();
            if (connection.opened() && (frameCame || lasted)) {
                delay.reset();
            }
            waitAfter(connection);
        }
    }

    /** Sends what is still to be sent and ends the connection that there is. */
    void closeConnection(Duration timeout) {
        Connection connection = current;
        if (connection != null) {
            connection.close(timeout.toMillis());
        }
    }

    @Override
    public void connected() {
        if (everConnected) {
            counters.reconnected();
        }
        long now = chance.nanoTime().getAsLong();
        listener.connected(everConnected ? Duration.ofNanos(now - lastHeardNanos) : Duration.ZERO);
        lastHeardNanos = now;
        everConnected = true;
        lifecycle.advance(SubscriptionState.CONNECTED);
        LOG.debug("The message socket is open");
    }

    @Override
    public void frame(Connection connection, String text) {
        frameCame = true;
        lastHeardNanos = chance.nanoTime().getAsLong();
        taker.frame(connection, text);
    }

    private void waitAfter(Connection connection) throws InterruptedException {
        lifecycle.advance(everConnected ? SubscriptionState.RECONNECTING : SubscriptionState.CONNECTING);
        Duration wait = delay.next();
        LOG.warn(
                "The message socket {} ({}); connecting again in {} ms",
                connection.opened() ? "was lost" : "could not be opened",
                cause(connection),
                wait.toMillis());
        chance.sleeper().sleep(wait);
    }

    /** Without the exception's own words, which may name the access id. */
    private static String cause(Connection connection) {
        if (connection.httpStatus() >= 0) {
            return "HTTP " + connection.httpStatus();
        }
        Throwable failure = connection.failure();
        return failure == null
                ? "closed by the message service"
                : failure.getClass().getSimpleName();
    }

    private static boolean isRefusal(Connection connection) {
        return connection.httpStatus() == UNAUTHORIZED || connection.httpStatus() == FORBIDDEN;
    }

    private static TuyaAuthException refusal(Connection connection, int attempts) {
        return new TuyaAuthException(CallFailure.builder("WebSocket /ws/v2/consumer/persistent/{accessId}/out/{topic}")
                .httpStatus(connection.httpStatus())
                .message("the message service refuses the credentials")
                .attempts(attempts)
                .hint("Check that access id, access secret and data center are those of the project's overview in the "
                        + "Tuya console, and that its message service is switched on there")
                .build());
    }
}
