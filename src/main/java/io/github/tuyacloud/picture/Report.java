package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.JsonValues;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value reported by a message.
 *
 * @param value the value
 * @param time the device's time, if plausible
 * @param asOf when the message was published, or when it arrived if unknown
 * @param messageSet the message set
 * @param repeated whether the message is known to have been delivered before
 * @param messageId the id of the message
 */
record Report(
        @Nullable Object value,
        @Nullable Instant time,
        Instant asOf,
        MessageSet messageSet,
        boolean repeated,
        String messageId) {

    /** A time that is further ahead of the cloud's time is considered wrong. */
    static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private static final long FIRST_MILLIS = 100_000_000_000L;

    /** The cloud's two message sets; a project with both receives each report twice. */
    enum MessageSet {
        OLDER,
        NEWER
    }

    /**
     * Returns a device's time if it is plausible: neither zero nor in the future. A time in whole seconds is taken as
     * the end of that second.
     *
     * @param time the time, or null
     * @param raw the number from which it was read
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
