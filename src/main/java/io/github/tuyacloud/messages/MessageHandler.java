package io.github.tuyacloud.messages;

/** Takes the messages of a subscription; a program's own code. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles one message. When it returns, the message is acknowledged; when it throws, the message comes again after the
     * subscription's {@code negativeAckRedeliveryDelay}. The same message may come more than once, so handle it in a way
     * that bears repetition.
     *
     * @param message what the cloud pushed
     * @throws Exception to have the message delivered again
     */
    void handle(LiveMessage message) throws Exception;
}
