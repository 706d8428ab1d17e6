package io.github.tuyacloud.messages;

/** Which of a project's two streams of messages to follow. */
public enum MessageEnvironment {
    /** All devices of the project. */
    PRODUCTION("event"),
    /** Only the devices that were registered for testing in the project's console. */
    TEST("event-test");

    private final String topic;

    MessageEnvironment(String topic) {
        this.topic = topic;
    }

    /**
     * Gives the last part of the topic's name.
     *
     * @return {@code event} or {@code event-test}
     */
    public String topic() {
        return topic;
    }
}
