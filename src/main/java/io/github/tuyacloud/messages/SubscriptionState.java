package io.github.tuyacloud.messages;

/** How a subscription is doing. */
public enum SubscriptionState {
    /** It has not been connected yet. */
    CONNECTING,
    /** Messages come as they happen. */
    CONNECTED,
    /** The connection was lost and is being made again. */
    RECONNECTING,
    /** It is being closed, and finishes the messages that are being handled. */
    CLOSING,
    /** It was closed. */
    CLOSED,
    /** It has ended by itself because the message service refuses it; {@link MessageSubscription#failure()} says why. */
    FAILED;

    /**
     * Says whether it is over for good.
     *
     * @return true for {@link #CLOSED} and {@link #FAILED}
     */
    public boolean ended() {
        return this == CLOSED || this == FAILED;
    }
}
