package io.github.tuyacloud.picture;

import io.github.tuyacloud.messages.ConnectionListener;
import io.github.tuyacloud.messages.LiveMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of the connection to the message service: whether it is up, and whether the backlog has been handled;
 * thread-safe.
 */
final class Link implements ConnectionListener {

    /** After this time without a message, the backlog has been handled. */
    static final Duration QUIET = Duration.ofSeconds(2);

    /** A message that was published longer ago than this has been waiting for something. */
    private static final Duration WAITED = Duration.ofSeconds(30);

    /** The keeper checks the clock every minute; after this much time, the machine was suspended. */
    private static final Duration SUSPENDED = Duration.ofMinutes(3);

    /** By this time, pings have shown whether a connection survived. */
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
            backlogSince = time.moment();
            lastMessage = backlogSince;
            lastProof = backlogSince;
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
     * Records when a message was published. One that has waited belongs to a backlog: listeners are slow, or another
     * program of the same subscription has ended and left its messages.
     */
    void published(@Nullable Instant moment) {
        if (moment != null && moment.isBefore(time.now().minus(WAITED))) {
            synchronized (this) {
                drained = false;
                backlogSince = time.moment();
            }
        }
    }

    /** Records that a message has been handled. One published after the backlog was noticed shows that it is over. */
    synchronized void end(LiveMessage message) {
        handling--;
        lastMessage = time.moment();
        Instant published = message.header().publishTime();
        if (!drained && backlogSince != null && published != null && !published.isBefore(time.at(backlogSince))) {
            drained = true;
        }
    }

    /**
     * Records that the program is running, so that pings are sent and a dead connection is noticed.
     *
     * @return how long the connection had been unverified, once it is verified again; zero if it was not in question
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

    /** Returns whether the connection is verified, not just assumed to be alive. */
    synchronized boolean isProved() {
        return time.since(lastProof).compareTo(SUSPENDED) <= 0;
    }

    /** Restarts the quiet time, because messages held back are handled now. */
    synchronized void release() {
        lastMessage = time.moment();
    }

    synchronized boolean isConnected() {
        return connected;
    }

    synchronized boolean wasEverConnected() {
        return everConnected;
    }

    /** Returns whether the messages that were waiting have been handled. */
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
