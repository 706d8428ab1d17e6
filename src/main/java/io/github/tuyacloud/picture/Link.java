package io.github.tuyacloud.picture;

import io.github.tuyacloud.messages.ConnectionListener;
import io.github.tuyacloud.messages.LiveMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the message service as the picture sees it: whether there is one, and whether what was waiting there has been
 * handled; thread-safe.
 */
final class Link implements ConnectionListener {

    /** Without a message for so long, nothing is waiting anymore. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final ServerTime time;
    private final ConnectionListener program;
    private final Consumer<Duration> onConnected;
    private boolean connected;
    private boolean everConnected;
    private boolean drained;
    private int handling;
    private ServerTime.@Nullable Moment connectedSince;
    private ServerTime.@Nullable Moment lastMessage;

    /**
     * Starts without a connection.
     *
     * @param time the time
     * @param program the program's own listener, which is called as well
     * @param onConnected called with the silence before each connection
     */
    Link(ServerTime time, ConnectionListener program, Consumer<Duration> onConnected) {
        this.time = time;
        this.program = program;
        this.onConnected = onConnected;
    }

    @Override
    public void connected(Duration silence) {
        synchronized (this) {
            connected = true;
            everConnected = true;
            drained = false;
            connectedSince = time.moment();
            lastMessage = connectedSince;
        }
        onConnected.accept(silence);
        program.connected(silence);
    }

    @Override
    public void lost() {
        synchronized (this) {
            connected = false;
        }
        program.lost();
    }

    synchronized void begin() {
        handling++;
    }

    /** Notes that a message has been handled. One that was published after connecting shows that no older one is waiting. */
    synchronized void end(LiveMessage message) {
        handling--;
        lastMessage = time.moment();
        Instant published = message.header().publishTime();
        if (connectedSince != null
                && published != null
                && !published.isBefore(time.now().minus(time.since(connectedSince)))) {
            drained = true;
        }
    }

    /** Starts the quiet time anew: what was held back is handled now. */
    synchronized void release() {
        lastMessage = time.moment();
    }

    synchronized boolean isConnected() {
        return connected;
    }

    synchronized boolean wasEverConnected() {
        return everConnected;
    }

    /** Whether what was waiting at the time of connecting has been handled. */
    synchronized boolean isDrained() {
        if (!drained
                && handling == 0
                && lastMessage != null
                && time.since(lastMessage).compareTo(QUIET) >= 0) {
            drained = true;
        }
        return drained;
    }
}
