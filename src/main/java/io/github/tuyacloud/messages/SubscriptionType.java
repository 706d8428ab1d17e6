package io.github.tuyacloud.messages;

/**
 * How the message service shares messages among programs with the same subscription.
 *
 * <p>The production stream has several partitions, and each device's messages go to one of them.
 */
public enum SubscriptionType {
    /**
     * Each partition goes to one program, in order. Two programs get about half of the messages each; if one
     * disconnects, the other takes over its partitions. If a partition moves while both are connected, both handle the
     * messages in flight.
     */
    FAILOVER,
    /** Each message goes to any available program, in no particular order. */
    SHARED,
    /** Messages with the same key (usually the device) go to the same program, in order. */
    KEY_SHARED,
    /** One program gets all messages, in order; others are refused while it is connected. */
    EXCLUSIVE
}
