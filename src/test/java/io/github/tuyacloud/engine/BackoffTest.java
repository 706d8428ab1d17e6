package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.config.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the waits between attempts: doubled, capped, with up to a quarter of jitter subtracted. */
class BackoffTest {

    private static final RetryPolicy POLICY = new RetryPolicy(5, Duration.ofMillis(400), Duration.ofMillis(2_000));

    @ParameterizedTest
    @CsvSource({"1,400", "2,800", "3,1600", "4,2000", "5,2000", "10,2000"})
    void before_noJitter_doublesUpToTheMaximum(int retry, long millis) {
        assertThat(new Backoff(POLICY, () -> 0).before(retry)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void before_fullJitter_subtractsAQuarter() {
        assertThat(new Backoff(POLICY, () -> 1).before(1)).isEqualTo(Duration.ofMillis(300));
        assertThat(new Backoff(POLICY, () -> 0.5).before(4)).isEqualTo(Duration.ofMillis(1_750));
    }

    @Test
    void before_maximumIsADoubling_isReachedAndKept() {
        RetryPolicy policy = new RetryPolicy(9, Duration.ofMillis(500), Duration.ofMillis(1_000));
        assertThat(new Backoff(policy, () -> 0).before(2)).isEqualTo(Duration.ofMillis(1_000));
        assertThat(new Backoff(policy, () -> 0).before(9)).isEqualTo(Duration.ofMillis(1_000));
        assertThat(new Backoff(policy, () -> 0).maxRetries()).isEqualTo(9);
    }
}
