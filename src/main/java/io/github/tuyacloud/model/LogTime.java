package io.github.tuyacloud.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One end of a log query's window: a moment, or so many days before a now that is known only when the query is made.
 *
 * @param moment the moment, or null
 * @param daysAgo days before now; counts only without a moment
 */
record LogTime(@Nullable Instant moment, long daysAgo) {

    private static final long SECONDS_DIGITS = 10;
    private static final long MILLIS_DIGITS = 13;

    /** More days than the cloud has existed. */
    private static final long MOST_DAYS = 36_500;

    /** The last moment whose Unix time in milliseconds has 13 digits, in the year 2286; the first is as far before 1970. */
    private static final long MOST_MILLIS = 9_999_999_999_999L;

    /** Takes a moment that the cloud's 13 digits can say. */
    static LogTime of(String name, Instant moment) {
        if (moment.isBefore(Instant.ofEpochMilli(-MOST_MILLIS)) || moment.isAfter(Instant.ofEpochMilli(MOST_MILLIS))) {
            throw new IllegalArgumentException(
                    name + " is " + moment + ": the cloud takes Unix times in milliseconds of at most 13 digits");
        }
        return new LogTime(moment, 0);
    }

    /** Reads a time as documented: 0 is unset, negative is days ago, 10 or 13 digits a Unix time. */
    static @Nullable LogTime of(String name, long time) {
        if (time == 0) {
            return null;
        }
        if (time < 0) {
            if (time < -MOST_DAYS) {
                throw new IllegalArgumentException(name + " is " + time + ": negative counts days before now");
            }
            return new LogTime(null, -time);
        }
        int digits = Long.toString(time).length();
        if (digits == SECONDS_DIGITS) {
            return new LogTime(Instant.ofEpochSecond(time), 0);
        }
        if (digits == MILLIS_DIGITS) {
            return new LogTime(Instant.ofEpochMilli(time), 0);
        }
        throw new IllegalArgumentException(name + " is " + time
                + ": use a Unix time in seconds (10 digits) or milliseconds (13 digits), or a negative number of days");
    }

    Instant at(Instant now) {
        return moment != null ? moment : now.minus(Duration.ofDays(daysAgo));
    }
}
