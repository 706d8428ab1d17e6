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

    /** The keeper looks at the clock every minute; after so long a time, the machine was suspended. */
    private static final Duration SUSPENDED = Duration.ofMinutes(3);

    /** By then, pings have shown whether a connection survived. */
    private static final Duration PINGED = Duration.ofMinutes(1);

    private final ServerTime time;
    private final ConnectionListener program;
    private final Consumer<Duration> onConnected;
    private boolean connected;
    private boolean everConnected;
    private boolean drained;
    private int handling;
    private ServerTime.@Nullable Moment connectedSince;
    private ServerTime.@Nullable Moment lastMessage;
    private ServerTime.@Nullable Moment resumed;
    private ServerTime.Moment lastTick;
    private ServerTime.Moment lastProof;

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
        this.lastTick = time.moment();
        this.lastProof = lastTick;
    }

    @Override
    public void connected(Duration silence) {
        synchronized (this) {
            connected = true;
            everConnected = true;
            drained = false;
            connectedSince = time.moment();
            lastMessage = connectedSince;
            lastProof = connectedSince;
            resumed = null;
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

    /**
     * Notes that the program is running, so that pings are sent and a dead connection is noticed.
     *
     * @return how long the connection had been unproved, once it is proved again; zero if it was not in question
     */
    synchronized Duration tick() {
        boolean wasSuspended = time.since(lastTick).compareTo(SUSPENDED) > 0;
        lastTick = time.moment();
        if (wasSuspended) {
            resumed = lastTick;
        }
        if (!connected || resumed != null && time.since(resumed).compareTo(PINGED) < 0) {
            return Duration.ZERO;
        }
        Duration unproved = resumed == null ? Duration.ZERO : time.since(lastProof);
        resumed = null;
        lastProof = lastTick;
        return unproved;
    }

    /** Whether the connection is known to be alive, and not only not known to be dead. */
    synchronized boolean isProved() {
        return time.since(lastProof).compareTo(SUSPENDED) <= 0;
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
