package io.github.tuyacloud.messages;

import io.github.tuyacloud.exception.TuyaException;

/** Learns of what goes wrong with a subscription, and decides about messages that cannot be read. */
@FunctionalInterface
public interface MessageErrorListener {

    /**
     * Judges a message that could not be decrypted or parsed. Called on a handler thread, in the message's turn; to throw is
     * to leave it {@linkplain UnreadableVerdict#UNDECIDED undecided}.
     *
     * @param message what is known of it
     * @return whether to acknowledge it
     */
    UnreadableVerdict unreadable(UnreadableMessage message);

    /**
     * Learns that the handler threw; the message comes again. Called on the handler's thread.
     *
     * @param message the message
     * @param failure what the handler threw
     */
    default void handlerFailed(LiveMessage message, Throwable failure) {}

    /**
     * Learns that the subscription has ended by itself, because the message service refuses it.
     *
     * @param failure why, and what to do about it
     */
    default void ended(TuyaException failure) {}
}
