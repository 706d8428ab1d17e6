package io.github.tuyacloud.messages;

import io.github.tuyacloud.exception.TuyaException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A running subscription to live messages; safe for use by many threads.
 *
 * <p>It stays connected or reconnects until it is closed or the message service refuses its credentials. Its threads are
 * daemon threads: let {@code main} wait in {@link #await()}.
 */
public interface MessageSubscription extends AutoCloseable {

    /**
     * Returns the current state.
     *
     * @return the state
     */
    SubscriptionState state();

    /**
     * Returns the current counts.
     *
     * @return the counts
     */
    SubscriptionCounters counters();

    /**
     * Returns why the last attempt to connect failed, and what to do about it.
     *
     * @return the refusal or connection failure; null once connected
     */
    @Nullable
    TuyaException lastRefusal();

    /**
     * Returns when the message service was last heard: a message, or the answer to a ping.
     *
     * @return the time by the wall clock, or null before the first connection. Behind a SOCKS proxy or a socket factory of
     *     the program's own, only messages count
     */
    @Nullable
    Instant lastHeard();

    /**
     * Returns why the subscription has failed.
     *
     * @return the reason, or null unless the state is {@link SubscriptionState#FAILED}
     */
    @Nullable
    TuyaException failure();

    /**
     * Waits until the subscription is connected.
     *
     * @param timeout the maximum wait
     * @return true if it is connected; false if it was closed, or if the first attempt to connect takes longer than the
     *     timeout
     * @throws TuyaException if the subscription has failed, or if it is not connected after the timeout and the last
     *     attempt failed: the {@link #lastRefusal()}. In the latter case, it keeps trying
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    boolean awaitConnected(Duration timeout) throws InterruptedException;

    /**
     * Waits until the subscription has ended.
     *
     * @throws TuyaException if the message service refuses it
     * @throws IllegalStateException if a message handler calls this: the subscription waits for its handlers
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    void await() throws InterruptedException;

    /**
     * Waits until the subscription has ended, up to a limit.
     *
     * @param timeout the maximum wait
     * @return whether it has ended
     * @throws TuyaException if the message service refuses it
     * @throws IllegalStateException if a message handler calls this: the subscription waits for its handlers
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Closes the subscription. Running handlers have until the {@code closeTimeout} to finish, and their messages are
     * acknowledged; all other messages go back to the message service. When called by a handler, it does not wait.
     * Closing again has no effect.
     */
    @Override
    void close();
}
