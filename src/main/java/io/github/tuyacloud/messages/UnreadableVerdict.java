package io.github.tuyacloud.messages;

/** What is to become of a message that cannot be read. */
public enum UnreadableVerdict {
    /** It is acknowledged and never comes again. */
    ACKNOWLEDGE,
    /** It is to come again, as often as it takes. */
    REDELIVER,
    /** No answer: it comes again, and is acknowledged after its third delivery. */
    UNDECIDED
}
