package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects whether messages fail to arrive: counts changes that reads found and no message reported. Confined to the
 * synchronizer's thread except where noted.
 */
final class MissingMessages {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    /** The time after which the devices are read again if messages are missing. */
    static final Duration VERIFY_AGAIN = Duration.ofHours(1);

    private final ServerTime time;
    private final ExpectedMessages expectedMessages;
    private volatile int count;
    private volatile boolean verified;
    private int countSinceVerification;
    private ServerTime.@Nullable Moment lastSuspicion;
    private boolean isSuspicious;

    MissingMessages(ServerTime time, ExpectedMessages expectedMessages) {
        this.time = time;
        this.expectedMessages = expectedMessages;
    }

    /** Returns the number of changes without a message since the last read of all devices; for any thread. */
    int count() {
        return count;
    }

    /** Records a read that expected a message for each change; for any thread. */
    void verified() {
        verified = true;
    }

    /** Returns whether a command raised a suspicion, which requires an immediate read of all devices. */
    boolean isSuspicious() {
        return isSuspicious;
    }

    /** Records that all devices were read, which resolves an earlier suspicion. */
    void read() {
        isSuspicious = false;
    }

    /** Counts overdue messages. Returns the time until the next one is overdue, or null. */
    @Nullable
    Duration check() {
        int overdue = expectedMessages.removeOverdue();
        Duration next = expectedMessages.untilOverdue();
        if (overdue > 0) {
            count = count + overdue;
            LogSafe.warn(
                    LOG,
                    "Reading the devices found {} changes that no message had reported. {}",
                    overdue,
                    FreshnessEvaluator.MESSAGING_RULE);
        }
        if (verified) {
            countSinceVerification += overdue;
            if (next == null) {
                count = countSinceVerification;
                countSinceVerification = 0;
                verified = false;
            }
        } else if (overdue > 0 && maySuspectNow()) {
            isSuspicious = true;
            return Duration.ZERO;
        }
        return next;
    }

    /** Returns whether a suspicion may cause a read of all devices; at most once an hour. */
    private boolean maySuspectNow() {
        ServerTime.Moment last = lastSuspicion;
        if (last != null && time.since(last).compareTo(VERIFY_AGAIN) < 0) {
            return false;
        }
        lastSuspicion = time.moment();
        return true;
    }
}
