package io.github.tuyacloud.messages;

/** How the message service shares messages out among programs with the same subscription. */
public enum SubscriptionType {
    /** One program gets everything, in order; when it goes, another that is waiting takes over. */
    FAILOVER("Failover"),
    /** All programs get a part of the messages, whichever is free, without any order. */
    SHARED("Shared"),
    /** All programs get a part of the messages, and those of the same key (mostly the device) go to the same one in order. */
    KEY_SHARED("Key_Shared"),
    /** One program gets everything, in order; others cannot connect while it does. */
    EXCLUSIVE("Exclusive");

    private final String wireName;

    SubscriptionType(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Gives the message service's word for it.
     *
     * @return such as {@code Key_Shared}
     */
    public String wireName() {
        return wireName;
    }
}
