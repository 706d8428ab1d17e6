package io.github.tuyacloud.picture;

import org.jspecify.annotations.Nullable;

/**
 * Tracks late messages about a device's online state. The next list shows whether their times are wrong or the messages
 * are outdated. Guarded by the lock of the device.
 */
final class LateEvents {

    private @Nullable Boolean unsettled;
    private boolean timesAreWrong;
    private int outdatedCount;

    /** Records a late message that contradicts the picture. */
    void add(boolean online) {
        unsettled = online;
    }

    /** Settles a late message with a list. Returns whether the message was right and the picture wrong. */
    boolean settle(boolean shown, boolean listed) {
        Boolean late = unsettled;
        unsettled = null;
        boolean wasRight = late != null && late == listed && shown != listed;
        timesAreWrong |= wasRight;
        outdatedCount += late != null && !wasRight ? 1 : 0;
        return wasRight;
    }

    /** Returns whether events must be ordered by publish time, because a late message turned out to be right. */
    boolean timesAreWrong() {
        return timesAreWrong;
    }

    /** Returns how often a late message turned out to be outdated. */
    int outdatedCount() {
        return outdatedCount;
    }
}
