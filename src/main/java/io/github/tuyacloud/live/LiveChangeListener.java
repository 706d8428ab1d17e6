package io.github.tuyacloud.live;

/** Receives what changes in a living picture; implemented by the program. */
@FunctionalInterface
public interface LiveChangeListener {

    /**
     * Handles one change. The picture has already changed when this is called.
     *
     * <p>When it throws, the same change comes again, three times at most; then it is given up and logged at WARN. Other
     * listeners do not get it twice. The message behind the change is acknowledged only when all listeners are done, so a
     * listener that blocks holds up further messages, and must not wait for a {@link LiveDevice#send confirmed command}.
     *
     * @param change what has changed
     * @throws Exception to get the change again
     */
    void changed(LiveChange change) throws Exception;
}
