package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tuyacloud.support.BackgroundCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Checks that requests are spaced evenly, and that a call that would wait too long takes no slot. */
class RateLimiterTest {

    private final List<Duration> waits = new ArrayList<>();
    private long now = 1_000;

    @Test
    void acquire_fourASecond_waitsAQuarterEach() throws Exception {
        RateLimiter limiter = limiter(4);
        for (int i = 0; i < 4; i++) {
            assertThat(limiter.acquire(in(10_000))).isTrue();
        }
        assertThat(waits).containsExactly(millis(250), millis(500), millis(750));
    }

    @Test
    void acquire_afterAPause_doesNotWaitAndAllowsNoBurst() throws Exception {
        RateLimiter limiter = limiter(4);
        limiter.acquire(in(10_000));
        now += millis(3_000).toNanos();
        limiter.acquire(in(10_000));
        limiter.acquire(in(10_000));
        assertThat(waits).containsExactly(millis(250));
    }

    @Test
    void acquire_slotAfterTheDeadline_isRefusedAndFreesTheSlot() throws Exception {
        RateLimiter limiter = limiter(1);
        limiter.acquire(in(5_000));
        assertThat(limiter.acquire(in(1_000))).isFalse();
        assertThat(limiter.acquire(in(1_001))).isTrue();
        assertThat(waits).containsExactly(millis(1_000));
    }

    @Test
    void acquire_noLimit_neverWaitsNorRefuses() throws Exception {
        RateLimiter limiter = limiter(Double.POSITIVE_INFINITY);
        assertThat(limiter.acquire(in(0))).isTrue();
        assertThat(limiter.acquire(in(0))).isTrue();
        assertThat(waits).isEmpty();
    }

    @Test
    void acquire_tinyRate_refusesTheSecond() throws Exception {
        RateLimiter limiter = limiter(1e-300);
        assertThat(limiter.acquire(in(10_000))).isTrue();
        assertThat(limiter.acquire(in(10_000))).isFalse();
        assertThat(limiter.acquire(in(10_000))).isFalse();
    }

    @Test
    void acquire_interrupted_throwsAndDoesNotBlockOthers() throws Exception {
        RateLimiter limiter = limiter(1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> limiter.acquire(in(10_000))).isInstanceOf(InterruptedException.class);
        assertThat(limiter.acquire(in(10_000))).isTrue();

        assertThat(BackgroundCall.start(() -> limiter.acquire(in(10_000))).result())
                .isTrue();
        assertThat(waits).containsExactly(millis(1_000));
    }

    private RateLimiter limiter(double perSecond) {
        return new RateLimiter(perSecond, () -> now, waits::add);
    }

    private Deadline in(long millis) {
        return Deadline.in(millis(millis), () -> now, new AtomicBoolean());
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
