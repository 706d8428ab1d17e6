package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges whether messages arrive: counts the changes that were found by reading and that no message has reported. Used by
 * the keeper's thread, except where stated.
 */
final class MissingMessages {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    /** The time after which the devices are read again if messages are missing. */
    static final Duration VERIFY_AGAIN = Duration.ofHours(1);

    private final ServerTime time;
    private final Unheard unheard;
    private volatile int count;
    private volatile boolean verified;
    private int countSinceVerification;
    private ServerTime.@Nullable Moment lastSuspicion;
    private boolean isSuspicious;

    MissingMessages(ServerTime time, Unheard unheard) {
        this.time = time;
        this.unheard = unheard;
    }

    /** Returns the number of changes without a message that the last reading and later commands have shown; for any thread. */
    int count() {
        return count;
    }

    /** Records a reading that expected a message for each change; for any thread. */
    void verified() {
        verified = true;
    }

    /** Returns whether a command has raised a suspicion that all devices must be read for at once. */
    boolean isSuspicious() {
        return isSuspicious;
    }

    /** Records that all devices were read, after which an earlier suspicion means nothing. */
    void read() {
        isSuspicious = false;
    }

    /** Counts the messages that should have arrived by now; returns the time until the next one is overdue, or null. */
    @Nullable
    Duration judge() {
        int overdue = unheard.takeOverdue();
        Duration next = unheard.untilOverdue();
        if (overdue > 0) {
            count = count + overdue;
            LogSafe.warn(
                    LOG,
                    "Reading found {} changes that no message had reported. {}",
                    overdue,
                    FreshnessJudge.MESSAGING_RULE);
        }
        if (verified) {
            countSinceVerification += overdue;
            if (next == null) {
                count = countSinceVerification;
                countSinceVerification = 0;
                verified = false;
            }
        } else if (overdue > 0 && maySuspect()) {
            isSuspicious = true;
            return Duration.ZERO;
        }
        return next;
    }

    /** Returns whether to read all devices for a suspicion: at most once an hour. */
    private boolean maySuspect() {
        ServerTime.Moment last = lastSuspicion;
        if (last != null && time.since(last).compareTo(VERIFY_AGAIN) < 0) {
            return false;
        }
        lastSuspicion = time.moment();
        return true;
    }
}
