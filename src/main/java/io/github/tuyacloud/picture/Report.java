package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.JsonValues;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One value as a message brings it.
 *
 * @param value the value
 * @param time the device's time of it, if it can be trusted
 * @param heardAt when the message was published; when it arrived if it does not tell
 * @param messageSet which of the two message sets it belongs to
 * @param repeated whether the message is known to have been delivered before
 * @param messageId the message's id
 */
record Report(
        @Nullable Object value,
        @Nullable Instant time,
        Instant heardAt,
        MessageSet messageSet,
        boolean repeated,
        String messageId) {

    /** Further ahead of the cloud's time than this, a time is wrong. */
    static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private static final long FIRST_MILLIS = 100_000_000_000L;

    /** The cloud's two message sets, which bring the same report twice to a project that has both. */
    enum MessageSet {
        OLDER,
        NEWER
    }

    /**
     * Returns a device's time if it can be trusted: neither zero nor in the future. A time in seconds counts to the end of its
     * second.
     *
     * @param time the time as it was read, or null
     * @param raw the number that it was read from
     * @param now the cloud's time
     */
    static @Nullable Instant trusted(@Nullable Instant time, @Nullable Object raw, Instant now) {
        if (time == null || time.toEpochMilli() <= 0 || time.isAfter(now.plus(MAX_AHEAD))) {
            return null;
        }
        Long number = time.getNano() == 0 ? JsonValues.wholeNumber(raw) : null;
        return number != null && number < FIRST_MILLIS ? time.plusMillis(999) : time;
    }
}
