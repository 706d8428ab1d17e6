package io.github.tuyacloud.messages;

import io.github.tuyacloud.exception.TuyaException;

/**
 * Learns of what goes wrong with a subscription, and decides what happens to messages that fail.
 *
 * <pre>{@code
 * (message, failure) -> message.header().redeliveryCount() < 10 ? FailureVerdict.RETRY : FailureVerdict.ACKNOWLEDGE
 * }</pre>
 */
@FunctionalInterface
public interface MessageErrorListener {

    /** The tries after which {@link #unreadable} acknowledges a message. */
    int UNREADABLE_TRIES = 3;

    /**
     * Decides about a message whose handler threw. Called on the handler's thread. If it throws or returns null, the message
     * is retried.
     *
     * @param message the message; its header's {@code redeliveryCount} is the number of earlier tries
     * @param failure what the handler threw
     * @return whether to try the message again
     */
    FailureVerdict handlerFailed(LiveMessage message, Throwable failure);

    /**
     * Decides about a message that could not be decrypted or parsed. Called on a handler thread. If it throws or returns
     * null, the default decides.
     *
     * @param message what is known of it
     * @return whether to try the message again; by default, {@link FailureVerdict#ACKNOWLEDGE} from the third try on
     */
    default FailureVerdict unreadable(UnreadableMessage message) {
        return message.tries() < UNREADABLE_TRIES ? FailureVerdict.RETRY : FailureVerdict.ACKNOWLEDGE;
    }

    /**
     * Called when the subscription has ended by itself, because the message service refuses it.
     *
     * @param failure why, and what to do about it
     */
    default void ended(TuyaException failure) {}
}
