package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks how a Retry-After header is read: seconds, a date, or something malformed. */
class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

    private final RetryAfter retryAfter = new RetryAfter(new ServerClock(Clock.fixed(NOW, ZoneOffset.UTC)));

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "' 120 ',120", "999999999,999999999"})
    void read_seconds_areTheWait(String header, long seconds) {
        assertThat(retryAfter.read(header)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void read_date_isTheTimeUntilThen() {
        assertThat(retryAfter.read("Wed, 4 Mar 2026 12:01:30 GMT")).isEqualTo(Duration.ofSeconds(90));
        assertThat(retryAfter.read("Wed, 04 Mar 2026 12:00:00 GMT")).isEqualTo(Duration.ZERO);
    }

    @Test
    void read_dateInThePast_meansNoWait() {
        assertThat(retryAfter.read("Wed, 4 Mar 2026 11:59:00 GMT")).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "1234567890", "2026-03-04T12:00:00Z"})
    void read_malformedHeader_isNull(String header) {
        assertThat(retryAfter.read(header)).isNull();
    }

    @Test
    void read_noHeader_isNull() {
        assertThat(retryAfter.read(null)).isNull();
    }
}
