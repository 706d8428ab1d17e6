package io.github.tuyacloud.messages;

/** Handles the messages of a subscription; implemented by the program. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles one message. If it returns, the message is acknowledged. If it throws, the message is handled again after
     * the subscription's {@code redeliveryDelay}; later messages of the same device wait until then; other devices are
     * not affected.
     *
     * <p>The same message may be delivered more than once, so the handler must be idempotent.
     *
     * @param message what the cloud pushed
     * @throws Exception to have the message handled again
     */
    void handle(LiveMessage message) throws Exception;
}
