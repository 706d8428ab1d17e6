package io.github.tuyacloud.live;

/** Receives the changes of a living picture. */
@FunctionalInterface
public interface LiveChangeListener {

    /**
     * Handles one change. The picture has already changed when this is called.
     *
     * <p>If it throws, the same change is delivered again, at most three times in total; then it is dropped and logged
     * at WARN. Other listeners do not receive it twice. The message behind the change is acknowledged only when all
     * listeners are done, so a listener that blocks holds up further messages, and must not wait for a
     * {@link LiveDevice#send confirmed command}.
     *
     * @param change what has changed
     * @throws Exception to get the change again
     */
    void changed(LiveChange change) throws Exception;
}
