package io.github.tuyacloud.socket;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.messages.ConnectionListener;
import io.github.tuyacloud.messages.SubscriptionState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a subscription connected: connects, waits until the connection is lost, and reconnects after a delay. */
final class ConnectionLoop implements Connection.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud.messages");

    /** Valid credentials may be refused for a while, for example while the service restarts. */
    private static final int MAX_REFUSALS_AFTER_SUCCESS = 5;

    /** A connection that lasted this long counts as useful even if no message arrived. */
    private static final Duration USEFUL_DURATION = Duration.ofSeconds(30);

    private final SocketClient client;
    private final List<String> baseUrls;
    private final Function<String, Request> handshake;
    private final Lifecycle lifecycle;
    private final Counters counters;
    private final Subscriptions.TimeSource time;
    private final ReconnectDelay delay;
    private final ConnectionListener listener;
    private final FrameReceiver receiver;
    private final Set<String> refusingCredentials = new HashSet<>();
    private volatile @Nullable Connection current;
    private volatile @Nullable LastActivity lastActivity;
    private volatile @Nullable TuyaException lastRefusal;
    private volatile boolean everConnected;
    private volatile boolean frameReceived;
    private volatile boolean everReceived;
    private boolean quietWarned;
    private int host;
    private int refusals;

    /** Receives the frames of all connections. */
    interface FrameReceiver {

        /** Called with each frame. */
        void frame(Connection connection, String text);

        /** Called when a connection has ended; no more of its frames follow. */
        void lost(Connection connection);
    }

    /**
     * Creates a loop that is not connected yet.
     *
     * @param client opens connections
     * @param baseUrls the possible hosts of the message service; the first one that accepts a connection is kept
     * @param handshake creates the handshake request for a base URL
     * @param lifecycle receives state changes
     * @param counters counts reconnects
     * @param time clocks, waits and randomness
     * @param listener is notified when a connection is opened or lost
     * @param receiver receives frames
     */
    ConnectionLoop(
            SocketClient client,
            List<String> baseUrls,
            Function<String, Request> handshake,
            Lifecycle lifecycle,
            Counters counters,
            Subscriptions.TimeSource time,
            ConnectionListener listener,
            FrameReceiver receiver) {
        this.client = client;
        this.baseUrls = baseUrls;
        this.handshake = handshake;
        this.lifecycle = lifecycle;
        this.counters = counters;
        this.time = time;
        this.delay = new ReconnectDelay(time.random());
        this.listener = listener;
        this.receiver = receiver;
    }

    /** Stays connected until interrupted or permanently refused. Returns the refusal. */
    TuyaException run() throws InterruptedException {
        for (int attempts = 1; ; attempts++) {
            long start = time.nanoTime().getAsLong();
            frameReceived = false;
            Connection connection;
            try {
                connection = client.open(
                        handshake.apply(baseUrls.get(host)), new LastActivity(time.nanoTime(), time.clock()), this);
            } catch (Error e) {
                // Probably out of memory or threads, which may pass.
                waitToReconnect("Connecting to the message service failed ("
                        + e.getClass().getName() + ")");
                continue;
            }
            current = connection;
            awaitEnd(connection);
            receiver.lost(connection);
            Duration lasted = Duration.ofNanos(time.nanoTime().getAsLong() - start);
            if (connection.opened()) {
                connectionLost(connection, lasted);
            } else {
                TuyaException finalRefusal = connectFailed(connection, lasted, attempts);
                if (finalRefusal != null) {
                    return finalRefusal;
                }
            }
        }
    }

    /** Returns why the last attempt to connect failed; null once connected. */
    @Nullable
    TuyaException lastRefusal() {
        return lastRefusal;
    }

    /** Returns when data last arrived from the message service; null before the first connection. */
    @Nullable
    Instant lastHeard() {
        LastActivity last = lastActivity;
        return last == null ? null : last.at();
    }

    /** Closes the connection, if there is one, after sending queued frames. */
    void closeConnection(Duration timeout) {
        Connection connection = current;
        if (connection != null) {
            connection.close(timeout.toMillis());
        }
    }

    @Override
    public void connected(Connection connection) {
        if (everConnected) {
            counters.reconnected();
        }
        LastActivity before = lastActivity;
        notify(() -> listener.connected(before == null ? Duration.ZERO : before.silence()));
        lastActivity = connection.lastActivity();
        everConnected = true;
        lastRefusal = null;
        lifecycle.advance(SubscriptionState.CONNECTED);
        LogSafe.debug(LOG, "The message socket is open");
    }

    @Override
    public void frame(Connection connection, String text) {
        frameReceived = true;
        everReceived = true;
        receiver.frame(connection, text);
    }

    private void awaitEnd(Connection connection) throws InterruptedException {
        while (!quietWarned && !everReceived && !connection.awaitEnd(time.quietLimit())) {
            if (connection.opened() && !everReceived) {
                quietWarned = true;
                LogSafe.warn(
                        LOG,
                        "No message has arrived for {} although the message service accepts the connection. Check in the Tuya "
                                + "console that a messaging rule exists for this environment, and that it is released and enabled",
                        time.quietLimit());
            }
        }
        connection.awaitEnd();
    }

    private void connectionLost(Connection connection, Duration lasted) throws InterruptedException {
        notify(listener::lost);
        refusals = 0;
        if (frameReceived || lasted.compareTo(USEFUL_DURATION) >= 0) {
            delay.reset();
        }
        waitToReconnect("The message socket was lost (" + reason(connection.failure()) + ")");
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure instanceof ProtocolViolationException) {
            return String.valueOf(failure.getMessage());
        }
        // The message of any other exception may contain the access id.
        return failure == null
                ? "closed by the message service"
                : failure.getClass().getSimpleName();
    }

    /** Switches to the next host or waits. Returns the refusal if neither would help. */
    private @Nullable TuyaException connectFailed(Connection connection, Duration lasted, int attempts)
            throws InterruptedException {
        String baseUrl = baseUrls.get(host);
        Refusal refusal = new Refusal(
                connection.httpStatus(),
                connection.failure(),
                URI.create(baseUrl).getHost(),
                lasted,
                everConnected);
        TuyaException exception = refusal.toException(attempts);
        lastRefusal = exception;
        if (refusal.isOfCredentials()) {
            refusals++;
            refusingCredentials.add(baseUrl);
        } else {
            refusals = 0;
            refusingCredentials.remove(baseUrl);
        }
        if (everConnected ? refusals >= MAX_REFUSALS_AFTER_SUCCESS : refusingCredentials.size() == baseUrls.size()) {
            return exception;
        }
        boolean tryNextHost = !everConnected && refusal.mayBeOfTheWrongHost() && baseUrls.size() > 1;
        if (tryNextHost && host + 1 < baseUrls.size()) {
            host++;
            LogSafe.warn(LOG, "{} - trying {} instead", exception.getMessage(), baseUrls.get(host));
            return null;
        }
        host = tryNextHost ? 0 : host;
        waitToReconnect(String.valueOf(exception.getMessage()));
        return null;
    }

    private void waitToReconnect(String what) throws InterruptedException {
        lifecycle.advance(everConnected ? SubscriptionState.RECONNECTING : SubscriptionState.CONNECTING);
        Duration wait = delay.next();
        LogSafe.warn(LOG, "{} - reconnecting in {} ms", what, wait.toMillis());
        time.sleeper().sleep(wait);
    }

    private static void notify(Runnable listener) {
        try {
            listener.run();
        } catch (Throwable e) {
            LogSafe.warn(LOG, "The connection listener threw {}", e.getClass().getName());
        }
    }
}
