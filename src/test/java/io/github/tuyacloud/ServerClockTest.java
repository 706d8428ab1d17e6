package io.github.tuyacloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Command;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a wrong local clock is put right by what the cloud says, once. */
class ServerClockTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600, -86_400 * 365, 86_400 * 365})
    void call_clockWrong_isLearnedOnceAndRemembered(long seconds) {
        use(client().clock(new OffsetClock(time, seconds)));

        cloud.getStatus(PLUG);
        cloud.getStatus(PLUG);

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(1013, 0, 0, 0);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void call_clockGoesWrongLater_isLearnedThen() {
        cloud.getStatus(PLUG);
        use(client().clock(new OffsetClock(time, -3600))
                .initialToken(requests().get(0).header("access_token")));
        fake.clearRequests();

        assertThat(cloud.sendCommand(PLUG, Command.of("switch_1", true))).isTrue();

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(1013, 0);
        assertThat(fake.commands(PLUG)).hasSize(1);
    }

    @Test
    void call_refusedForItsTimeAgain_throwsAfterTwoAttempts() {
        fake.onAny().exceptToken().fail(Fault.code(1013, "request time is invalid"));

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(1013);
                    assertThat(e.attempts()).isEqualTo(2);
                    assertThat(e.hint()).contains("Set this computer's clock (NTP)");
                });
        assertThat(requests()).hasSize(2);
    }

    @Test
    void call_refusalWithoutTheCloudsTime_throwsAtOnce() {
        fake.onAny()
                .exceptToken()
                .fail(Fault.code(1013, "request time is invalid")
                        .and(Fault.without("t").withoutCarryingOut()));

        assertThatExceptionOfType(TuyaAuthException.class).isThrownBy(() -> cloud.getStatus(PLUG));
        assertThat(requests()).hasSize(1);
    }

    @Test
    void call_tokenLife_isCountedOnTheLocalClock() {
        use(client().clock(new OffsetClock(time, -3600)));
        cloud.getStatus(PLUG);
        fake.clearRequests();
        time.advance(Duration.ofSeconds(7100));

        cloud.getStatus(PLUG);

        assertThat(fake.tokenRequests()).isZero();
    }

    @Test
    void call_smallDifference_isLeftAlone() {
        use(client().clock(new OffsetClock(time, 200)));

        cloud.getStatus(PLUG);

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(0, 0);
        assertThat(requests().get(0).header("t")).isEqualTo("1709294600000");
    }
}
