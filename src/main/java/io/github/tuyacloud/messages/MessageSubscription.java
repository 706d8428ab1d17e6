package io.github.tuyacloud.messages;

import io.github.tuyacloud.exception.TuyaException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A running subscription to live messages; safe for use by many threads.
 *
 * <p>It stays connected, or connects again, until it is closed or the message service refuses its credentials. Its threads
 * do not keep a program alive: let {@code main} wait in {@link #await()}.
 */
public interface MessageSubscription extends AutoCloseable {

    /**
     * Says how it is doing.
     *
     * @return the state just now
     */
    SubscriptionState state();

    /**
     * Counts what it has done.
     *
     * @return the counts just now
     */
    SubscriptionCounters counters();

    /**
     * Says why it has ended by itself.
     *
     * @return the reason, or null unless its state is {@link SubscriptionState#FAILED}
     */
    @Nullable
    TuyaException failure();

    /**
     * Waits until it is connected.
     *
     * @param timeout the longest wait
     * @return whether it is connected now; false after the time-out, and when it was closed
     * @throws TuyaException if the message service refuses it
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    boolean awaitConnected(Duration timeout) throws InterruptedException;

    /**
     * Waits until it has ended, for ever if need be.
     *
     * @throws TuyaException if the message service refuses it
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void await() throws InterruptedException;

    /**
     * Waits until it has ended, up to a limit.
     *
     * @param timeout the longest wait
     * @return whether it has ended; false after the time-out
     * @throws TuyaException if the message service refuses it
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Ends it: takes no more messages, waits up to the {@code closeTimeout} for those being handled and acknowledges them,
     * and gives all others back to the message service. Called by a handler, it does not wait. Closing again does nothing.
     */
    @Override
    void close();
}
