package io.github.tuyacloud.messages;

/** The states of a subscription. */
public enum SubscriptionState {
    /** It has not been connected yet. */
    CONNECTING,
    /** It is connected and receives messages. */
    CONNECTED,
    /** The connection was lost and it reconnects. */
    RECONNECTING,
    /** It is being closed and waits for running handlers. */
    CLOSING,
    /** It was closed. */
    CLOSED,
    /** It ended because the message service refuses it; {@link MessageSubscription#failure()} returns the reason. */
    FAILED;

    /**
     * Returns whether it has ended.
     *
     * @return true for {@link #CLOSED} and {@link #FAILED}
     */
    public boolean ended() {
        return this == CLOSED || this == FAILED;
    }
}
