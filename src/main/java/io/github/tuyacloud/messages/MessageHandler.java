package io.github.tuyacloud.messages;

/** Handles the messages of a subscription; implemented by the program. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles one message. If this method returns, the message is acknowledged. If it throws, the message is handled
     * again after the subscription's {@code redeliveryDelay}; meanwhile, later messages of the same device wait, and
     * other devices are not affected.
     *
     * <p>The same message may be delivered more than once, so the handler must be idempotent.
     *
     * @param message the message
     * @throws Exception to have the message handled again
     */
    void handle(LiveMessage message) throws Exception;
}
