package io.github.tuyacloud.messages;

/** The states of a subscription. */
public enum SubscriptionState {
    /** It has not connected yet. */
    CONNECTING,
    /** It is connected and receiving messages. */
    CONNECTED,
    /** The connection was lost, and it is reconnecting. */
    RECONNECTING,
    /** It is being closed and is waiting for running handlers. */
    CLOSING,
    /** It was closed. */
    CLOSED,
    /** It ended because the message service refused it; {@link MessageSubscription#failure()} returns the reason. */
    FAILED;

    /**
     * Returns whether the subscription has ended.
     *
     * @return true for {@link #CLOSED} and {@link #FAILED}
     */
    public boolean ended() {
        return this == CLOSED || this == FAILED;
    }
}
