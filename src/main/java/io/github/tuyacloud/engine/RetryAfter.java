package io.github.tuyacloud.engine;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Parses a {@code Retry-After} header: a number of seconds, or a date. */
public final class RetryAfter {

    private final ServerClock clock;

    public RetryAfter(ServerClock clock) {
        this.clock = clock;
    }

    /** Returns the requested wait; never negative; null if the header is absent or malformed. */
    @Nullable
    Duration read(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        try {
            if (text.matches("\\d{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            Instant moment = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.now(), moment);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
