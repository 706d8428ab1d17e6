package io.github.tuyacloud.messages;

import io.github.tuyacloud.exception.TuyaException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A running subscription to live messages; safe for use by multiple threads.
 *
 * <p>It stays connected, reconnecting if necessary, until it is closed or the message service refuses its credentials.
 * Its threads are daemon threads: call {@link #await()} to keep {@code main} from returning.
 */
public interface MessageSubscription extends AutoCloseable {

    /** {@return the current state} */
    SubscriptionState state();

    /** {@return the current counts} */
    SubscriptionCounters counters();

    /**
     * Returns why the last attempt to connect failed, and what to do about it.
     *
     * @return the refusal or connection failure; null if connected
     */
    @Nullable
    TuyaException lastRefusal();

    /**
     * Returns when the message service was last heard from: a message, or the response to a ping.
     *
     * @return the wall-clock time, or null before the first connection. With a SOCKS proxy or a custom socket factory,
     *     only messages count
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
     * @throws TuyaException if the subscription has failed, or if the timeout passed and the last attempt to connect
     *     failed: the {@link #lastRefusal()}. In the latter case, the subscription keeps trying
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    boolean awaitConnected(Duration timeout) throws InterruptedException;

    /**
     * Waits until the subscription has ended.
     *
     * @throws TuyaException if the message service refused the subscription
     * @throws IllegalStateException if called by a message handler, for which the subscription itself waits
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    void await() throws InterruptedException;

    /**
     * Waits until the subscription has ended or the timeout has passed.
     *
     * @param timeout the maximum wait
     * @return whether it has ended
     * @throws TuyaException if the message service refused the subscription
     * @throws IllegalStateException if called by a message handler, for which the subscription itself waits
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Closes the subscription. Running handlers have the {@code closeTimeout} to finish, and their messages are
     * acknowledged; all other messages go back to the message service. If a handler calls this method, it does not
     * wait. Closing a subscription again has no effect.
     */
    @Override
    void close();
}
