package io.github.tuyacloud.messages;

import java.time.Duration;

/**
 * Receives the connects and disconnects of a subscription. Its methods are called in order, before any message of the
 * new connection is delivered, and must return quickly.
 */
public interface ConnectionListener {

    /**
     * Called when the message service has accepted a connection.
     *
     * @param silence the time since the message service was last heard from: zero for the first connection, otherwise
     *     the longer of the times measured by the wall clock and the monotonic clock, so that a suspended machine is
     *     noticed
     */
    default void connected(Duration silence) {}

    /** Called when the connection has ended, unless the subscription is being closed. */
    default void lost() {}
}
