package io.github.tuyacloud.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One end of the time range of a {@link DeviceLogQuery}: a point in time, or a number of days before the query is sent.
 *
 * @param moment the point in time, or null
 * @param daysAgo the number of days before the query is sent; used only if {@code moment} is null
 */
public record LogTime(@Nullable Instant moment, long daysAgo) {

    private static final long SECONDS_DIGITS = 10;
    private static final long MILLIS_DIGITS = 13;

    /** More days than the cloud has existed. */
    private static final long MAX_DAYS = 36_500;

    /**
     * The last moment whose Unix time in milliseconds has 13 digits, in the year 2286; the first is as far before 1970.
     */
    private static final long MAX_MILLIS = 9_999_999_999_999L;

    /** Creates a time from a moment that 13 digits can represent. */
    static LogTime of(String name, Instant moment) {
        if (moment.isBefore(Instant.ofEpochMilli(-MAX_MILLIS)) || moment.isAfter(Instant.ofEpochMilli(MAX_MILLIS))) {
            throw new IllegalArgumentException(
                    name + " is " + moment + ": the cloud takes Unix times in milliseconds of at most 13 digits");
        }
        return new LogTime(moment, 0);
    }

    /** Reads a time as documented: 0 is unset, negative is days ago, 10 or 13 digits are a Unix time. */
    static @Nullable LogTime of(String name, long time) {
        if (time == 0) {
            return null;
        }
        if (time < 0) {
            if (time < -MAX_DAYS) {
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

    /**
     * Returns the point in time.
     *
     * @param now the time from which days are counted
     * @return the point in time
     */
    public Instant at(Instant now) {
        return moment != null ? moment : now.minus(Duration.ofDays(daysAgo));
    }
}
