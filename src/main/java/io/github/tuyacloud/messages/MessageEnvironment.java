package io.github.tuyacloud.messages;

/** The two streams of messages that a project has. */
public enum MessageEnvironment {
    /** The messages of all devices of the project. */
    PRODUCTION,
    /** Only the messages of devices that are registered for testing in the project's console. */
    TEST
}
