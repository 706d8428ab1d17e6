package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Checks when a deadline expires, to the nanosecond, even if the monotonic clock overflows. */
class DeadlineTest {

    private long now = Long.MAX_VALUE - 5;
    private final Deadline deadline = Deadline.in(Duration.ofNanos(10), () -> now, new AtomicBoolean());

    @Test
    void deadline_ahead_allowsShorterWaitsOnly() {
        now += 4;

        assertThat(deadline.span()).isEqualTo(Duration.ofNanos(10));
        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(6));
        assertThat(deadline.expired()).isFalse();
        assertThat(deadline.allows(Duration.ofNanos(5))).isTrue();
        assertThat(deadline.allows(Duration.ofNanos(6))).isFalse();
    }

    @Test
    void deadline_reached_isExpired() {
        now += 9;
        assertThat(deadline.expired()).isFalse();
        now += 1;
        assertThat(deadline.expired()).isTrue();
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.allows(Duration.ZERO)).isFalse();
    }

    @Test
    void deadline_past_hasNoTimeLeft() {
        now += 11;

        assertThat(deadline.expired()).isTrue();
        assertThat(deadline.remaining()).isZero();
    }
}
