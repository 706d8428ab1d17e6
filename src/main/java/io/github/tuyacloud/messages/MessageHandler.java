package io.github.tuyacloud.messages;

/** Handles the messages of a subscription; implemented by the program. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles one message. When it returns, the message is acknowledged. When it throws, the message is handled again after
     * the subscription's {@code redeliveryDelay}; later messages of the same device wait until then, other devices go on.
     *
     * <p>The same message may come more than once, so the handler must be idempotent.
     *
     * @param message what the cloud pushed
     * @throws Exception to have the message handled again
     */
    void handle(LiveMessage message) throws Exception;
}
