package io.github.tuyacloud.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Checks how the cloud's time is estimated from its responses. */
class ServerTimeTest {

    private static final Instant NOON = Instant.parse("2024-03-02T12:00:00Z");

    private final ManualTime clock = new ManualTime();
    private final ServerTime time = new ServerTime(clock, clock::nanoTime);

    @Test
    void response_first_isBelieved() {
        time.learn(NOON);
        clock.advance(Duration.ofSeconds(2));

        assertThat(time.now()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void response_slow_doesNotTurnTimeBack() {
        time.learn(NOON);
        ServerTime.Moment start = time.moment();
        Instant sentAt = time.at(start);
        clock.advance(Duration.ofMillis(10));

        time.learn(NOON.minusMillis(500));

        assertThat(time.at(start)).isEqualTo(sentAt);
        assertThat(time.now()).isEqualTo(NOON.plusMillis(10));
    }

    @Test
    void response_farBehind_correctsAClockThatJumped() {
        time.learn(NOON);
        clock.setClock(clock.instant().plus(Duration.ofMinutes(10)));
        assertThat(time.now()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));

        time.learn(NOON.plusSeconds(1));

        assertThat(time.now()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void response_withoutTime_changesNothing() {
        time.learn(NOON);

        time.learn(null);

        assertThat(time.now()).isEqualTo(NOON);
    }
}
