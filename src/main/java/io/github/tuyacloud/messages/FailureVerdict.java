package io.github.tuyacloud.messages;

/** What happens to a message that could not be handled or read. */
public enum FailureVerdict {
    /** The message is tried again after the {@code redeliveryDelay}; later messages of the same device wait for it. */
    RETRY,
    /** The message is acknowledged as if it had been handled, and never comes again. */
    ACKNOWLEDGE
}
