package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a client whose clock is off by an hour or a year works from its second request on. */
@Timeout(60)
class ClockTest {

    private static final String DEVICE = CloudCall.DEVICE;

    private final ManualTime right = new ManualTime();

    @ParameterizedTest(name = "off by {0}")
    @ValueSource(strings = {"PT1H", "PT-1H", "PT8760H", "PT-8760H", "PT20M", "PT-87600H"})
    void call_clockOff_succeedsFromTheSecondRequestOn(Duration off) {
        ManualTime wrong = new ManualTime(right.instant().plus(off));
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder().clock(right).start();
                TuyaCloud cloud = Clients.withoutWaits(fake).clock(wrong).build()) {
            assertThat(cloud.getStatus(DEVICE).dataPoints()).isNotEmpty();
            // refused, token, status
            assertThat(fake.requestCount()).isEqualTo(3);
            assertThat(fake.requests().get(0).code()).isEqualTo(1013);
            assertThat(fake.requests().get(1).code()).isZero();
            for (int i = 0; i < 20; i++) {
                right.advance(Duration.ofMinutes(1));
                wrong.advance(Duration.ofMinutes(1));
                assertThat(cloud.sendCommand(DEVICE, CloudCall.ON)).isTrue();
            }
            assertThat(fake.requestCount()).isEqualTo(23);
            assertThat(fake.commands(DEVICE)).hasSize(20);
        }
    }

    @Test
    void call_clockCorrectedLater_costsOneMoreRequest() {
        ManualTime clock = new ManualTime(right.instant().minus(Duration.ofHours(5)));
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder().clock(right).start();
                TuyaCloud cloud = Clients.withoutWaits(fake).clock(clock).build()) {
            cloud.getStatus(DEVICE);
            assertThat(fake.requestCount()).isEqualTo(3);
            clock.advance(Duration.ofHours(5));
            fake.clearRequests();
            cloud.getStatus(DEVICE);
            long afterJump = fake.requestCount();
            cloud.getStatus(DEVICE);
            assertThat(afterJump).isBetween(2L, 4L);
            assertThat(fake.requestCount()).isEqualTo(afterJump + 1);
        }
    }

    @Test
    void call_clockOffWith256Threads_refusesOneOfThem() throws Exception {
        ManualTime wrong = new ManualTime(Instant.EPOCH);
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder().clock(right).start();
                TuyaCloud cloud = Clients.withoutWaits(fake).clock(wrong).build()) {
            Storm<?> storm = Storm.of(256, () -> cloud.getStatus(DEVICE));
            assertThat(storm.failures()).isEmpty();
            assertThat(fake.tokenRequests()).isEqualTo(2);
            assertThat(fake.requestCount()).isEqualTo(258);
        }
    }
}
