package io.github.tuyacloud.messages;

import io.github.tuyacloud.exception.TuyaException;

/**
 * Receives the failures of a subscription and decides what happens to failed messages.
 *
 * <pre>{@code
 * (message, failure) -> message.header().redeliveryCount() < 10 ? FailureVerdict.RETRY : FailureVerdict.ACKNOWLEDGE
 * }</pre>
 */
@FunctionalInterface
public interface MessageErrorListener {

    /** The number of attempts after which {@link #unreadable} acknowledges a message. */
    int MAX_UNREADABLE_ATTEMPTS = 3;

    /**
     * Returns the verdict on a message whose handler threw an exception. Called on the handler's thread. If this method
     * throws or returns null, the message is retried.
     *
     * @param message the message; its header's {@code redeliveryCount} is the number of earlier attempts
     * @param failure what the handler threw
     * @return whether to retry the message
     */
    FailureVerdict handlerFailed(LiveMessage message, Throwable failure);

    /**
     * Returns the verdict on a message that could not be decrypted or parsed. Called on a handler thread. If this
     * method throws or returns null, the default applies.
     *
     * @param message what is known about the message
     * @return whether to retry the message; by default, {@link FailureVerdict#ACKNOWLEDGE} from the third attempt on
     */
    default FailureVerdict unreadable(UnreadableMessage message) {
        return message.attempts() < MAX_UNREADABLE_ATTEMPTS ? FailureVerdict.RETRY : FailureVerdict.ACKNOWLEDGE;
    }

    /**
     * Called when the subscription has ended because the message service refused it.
     *
     * @param failure the reason, and what to do about it
     */
    default void ended(TuyaException failure) {}
}
