package io.github.tuyacloud.picture;

import io.github.tuyacloud.messages.ConnectionListener;
import io.github.tuyacloud.messages.LiveMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the connection to the message service: whether it is open, and whether the backlog has been handled;
 * thread-safe.
 */
final class ConnectionMonitor implements ConnectionListener {

    /** The backlog counts as handled after this time without a message. */
    static final Duration QUIET = Duration.ofSeconds(2);

    /** A message that was published longer ago than this belongs to a backlog. */
    private static final Duration WAITED = Duration.ofSeconds(30);

    /** The synchronizer ticks every minute; after a longer break than this, the machine was suspended. */
    private static final Duration SUSPENDED = Duration.ofMinutes(3);

    /** By this time, pings have shown whether a connection survived the suspension. */
    private static final Duration PINGED = Duration.ofMinutes(1);

    private final ServerTime time;
    private final ConnectionListener program;
    private final Consumer<Duration> onConnected;
    private boolean connected;
    private boolean everConnected;
    private boolean drained;
    private int handling;
    private ServerTime.@Nullable Moment backlogSince;
    private ServerTime.@Nullable Moment lastMessage;
    private ServerTime.@Nullable Moment resumed;
    private ServerTime.Moment lastTick;
    private ServerTime.Moment lastVerified;

    /**
     * Creates a monitor without a connection.
     *
     * @param time the time
     * @param program the program's own listener, which is called as well
     * @param onConnected called on each connection with the length of the silence before
     */
    ConnectionMonitor(ServerTime time, ConnectionListener program, Consumer<Duration> onConnected) {
        this.time = time;
        this.program = program;
        this.onConnected = onConnected;
        this.lastTick = time.moment();
        this.lastVerified = lastTick;
    }

    @Override
    public void connected(Duration silence) {
        synchronized (this) {
            connected = true;
            everConnected = true;
            drained = false;
            backlogSince = time.moment();
            lastMessage = backlogSince;
            lastVerified = backlogSince;
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

    /**
     * Records the publish time of a message. An old message belongs to a backlog: listeners are slow, or another
     * program with the same subscription ended without handling its messages.
     */
    void published(@Nullable Instant moment) {
        if (moment != null && moment.isBefore(time.now().minus(WAITED))) {
            synchronized (this) {
                drained = false;
                backlogSince = time.moment();
            }
        }
    }

    /**
     * Records that a message was handled. A message published after the backlog was noticed shows that it has been
     * handled.
     */
    synchronized void end(LiveMessage message) {
        handling--;
        lastMessage = time.moment();
        Instant published = message.header().publishTime();
        if (!drained && backlogSince != null && published != null && !published.isBefore(time.at(backlogSince))) {
            drained = true;
        }
    }

    /**
     * Records that the machine is not suspended, so pings are sent and a dead connection is noticed.
     *
     * @return after a suspension, how long the connection was unverified, once it is verified again; otherwise zero
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
        Duration unverified = resumed == null ? Duration.ZERO : time.since(lastVerified);
        resumed = null;
        lastVerified = lastTick;
        return unverified;
    }

    /** Returns whether the connection has been verified recently. */
    synchronized boolean isVerified() {
        return time.since(lastVerified).compareTo(SUSPENDED) <= 0;
    }

    /** Restarts the quiet period, because held-back messages are handled now. */
    synchronized void release() {
        lastMessage = time.moment();
    }

    synchronized boolean isConnected() {
        return connected;
    }

    synchronized boolean wasEverConnected() {
        return everConnected;
    }

    /** Returns whether the backlog has been handled. */
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
