package io.github.tuyacloud.live;

/** Receives the changes of a living picture. */
@FunctionalInterface
public interface LiveChangeListener {

    /**
     * Handles one change. The picture already includes the change when this is called.
     *
     * <p>If the listener throws, the same change is delivered to it again, at most three times in total; after that,
     * the change is dropped and a warning is logged. Other listeners do not receive it twice. The message that reported
     * the change is acknowledged only after all listeners have returned, so a listener that blocks holds up further
     * messages, and must not wait for a {@link LiveDevice#send confirmed command}.
     *
     * @param change what has changed
     * @throws Exception to have the change delivered again
     */
    void changed(LiveChange change) throws Exception;
}
