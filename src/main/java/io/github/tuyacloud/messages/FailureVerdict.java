package io.github.tuyacloud.messages;

/** The verdict on a message that could not be handled or read. */
public enum FailureVerdict {
    /**
     * The message is handled again after the {@code redeliveryDelay}; later messages of the same device wait for it.
     */
    RETRY,
    /** The message is acknowledged as if it had been handled, and is not redelivered. */
    ACKNOWLEDGE
}
