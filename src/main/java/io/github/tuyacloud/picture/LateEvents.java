package io.github.tuyacloud.picture;

import org.jspecify.annotations.Nullable;

/**
 * The late messages about the online state of a device, and what the lists read after them have shown: whether the times
 * of such messages are wrong, or the messages outdated. Used under the lock of the device.
 */
final class LateEvents {

    private @Nullable Boolean unsettled;
    private boolean timesAreWrong;
    private int foundOutdated;

    /** Records a late message that contradicts the picture. */
    void add(boolean online) {
        unsettled = online;
    }

    /** Settles it by a list; returns whether the message was right and the picture wrong. */
    boolean settle(boolean shown, boolean listed) {
        Boolean late = unsettled;
        unsettled = null;
        boolean wasRight = late != null && late == listed && shown != listed;
        timesAreWrong |= wasRight;
        foundOutdated += late != null && !wasRight ? 1 : 0;
        return wasRight;
    }

    /** Returns whether events must be ordered by publish time, because a late one proved to be right. */
    boolean timesAreWrong() {
        return timesAreWrong;
    }

    /** Returns how often a late message proved to be outdated. */
    int foundOutdated() {
        return foundOutdated;
    }
}
