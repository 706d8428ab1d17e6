package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeLogEntry;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.LogEntry;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.ManualTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a wrong local clock is corrected once, by the time in a response of the cloud. */
class ServerClockTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;

    /** The tolerance: half of the round trip is added to the time in a response. */
    private static final TemporalUnitOffset NEARLY = within(1, ChronoUnit.MINUTES);

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600, -86_400 * 365, 86_400 * 365})
    void call_clockWrong_isCorrectedOnce(long seconds) {
        use(client().clock(Clock.offset(time, Duration.ofSeconds(seconds))));

        cloud.getStatus(PLUG);
        cloud.getStatus(PLUG);

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(1013, 0, 0, 0);
        assertThat(time.sleeps()).isEmpty();
    }

    static Stream<Arguments> wrongClocksAndLogs() {
        List<Function<TuyaCloud, List<LogEntry>>> readers = List.of(
                cloud -> cloud.getDeviceLog(PLUG).logs(),
                cloud -> cloud.getDeviceLog(
                                PLUG, DeviceLogQuery.builder().parallel(4).build())
                        .logs(),
                cloud -> cloud.streamDeviceLog(PLUG, DeviceLogQuery.builder().build())
                        .toList(),
                cloud -> cloud.streamDeviceLog(
                                PLUG,
                                DeviceLogQuery.builder().start(-1).parallel(3).build())
                        .toList());
        return LongStream.of(-86_400 * 365, -3600, 3600, 86_400 * 365).boxed().flatMap(seconds -> Stream.of(false, true)
                .flatMap(hasToken -> readers.stream().map(reader -> Arguments.of(seconds, hasToken, reader))));
    }

    @ParameterizedTest
    @MethodSource("wrongClocksAndLogs")
    void log_firstCallWithAWrongClock_requestsTheCorrectWindow(
            long seconds, boolean hasToken, Function<TuyaCloud, List<LogEntry>> reader) {
        fake.addLog(PLUG, FakeLogEntry.report(time.instant().minusSeconds(60), "switch_1", "true"));
        List<LogEntry> right = reader.apply(cloud);
        TuyaCloudBuilder wrong = client().clock(Clock.offset(time, Duration.ofSeconds(seconds)));
        use(hasToken ? wrong.initialToken(requests().get(0).header("access_token")) : wrong);

        assertThat(right).isNotEmpty();
        assertThat(reader.apply(cloud)).isEqualTo(right);
    }

    @Test
    void log_wrongClock_requestsNoExtraPage() {
        use(client().clock(Clock.offset(time, Duration.ofSeconds(-3600))));

        cloud.getDeviceLog(PLUG);

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(1013, 0, 0);
    }

    @Test
    void stream_clockCorrectedAfterOpening_requestsTheCorrectWindow() {
        use(client().clock(Clock.offset(time, Duration.ofSeconds(86_400))));
        try (Stream<LogEntry> stream =
                cloud.streamDeviceLog(PLUG, DeviceLogQuery.builder().build())) {
            cloud.getStatus(PLUG);

            assertThat(stream.toList()).isNotEmpty();
        }
        FakeRequest page = requests().get(1);
        assertThat(Instant.ofEpochMilli(Long.parseLong(page.query().get("end_time"))))
                .isCloseTo(ManualTime.START, NEARLY);
    }

    @Test
    void log_explicitWindow_isNotShifted() {
        Instant end = time.instant();
        use(client().clock(Clock.offset(time, Duration.ofSeconds(86_400))));

        cloud.getDeviceLog(
                PLUG,
                DeviceLogQuery.builder().start(end.minusSeconds(60)).end(end).build());

        assertThat(requests()).hasSize(1);
        assertThat(requests().get(0).query().get("end_time")).isEqualTo(String.valueOf(end.toEpochMilli()));
    }

    @Test
    void usage_clockCorrected_keepsCountAndBudget() {
        use(client().clock(Clock.offset(time, Duration.ofSeconds(86_400 * 40))).monthlyBudget(3));

        cloud.getStatus(PLUG);

        assertThat(cloud.usage().total()).isEqualTo(3);
        assertThat(cloud.usage().since()).isCloseTo(ManualTime.START, NEARLY);
        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.getStatus(PLUG));
    }

    /** One request is needed to learn that the new month has not begun. */
    @Test
    void monthlyBudget_clockJumpsAheadOverMonths_isNotRestored() {
        ManualTime local = new ManualTime();
        use(client().clock(local).monthlyBudget(2));
        cloud.getStatus(PLUG);
        local.setClock(ManualTime.START.plus(Duration.ofDays(70)));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, Command.of("switch_1", true)))
                .withMessageContaining("used up until 2024-04-01T00:00:00Z");

        assertThat(fake.requestCount()).isEqualTo(3);
        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(0, 0, 1013);
        assertThat(cloud.usage().total()).isEqualTo(3);
        assertThat(cloud.usage().since()).isEqualTo(ManualTime.START);
    }

    @Test
    void call_clockDriftsLater_isCorrectedAgain() {
        cloud.getStatus(PLUG);
        use(client().clock(Clock.offset(time, Duration.ofSeconds(-3600)))
                .initialToken(requests().get(0).header("access_token")));
        fake.clearRequests();

        assertThat(cloud.sendCommand(PLUG, Command.of("switch_1", true))).isTrue();

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(1013, 0);
        assertThat(fake.commands(PLUG)).hasSize(1);
    }

    @Test
    void call_timeRefusedTwice_throwsAfterTwoAttempts() {
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
    void call_refusalWithoutTheCloudsTime_throwsImmediately() {
        fake.onAny()
                .exceptToken()
                .fail(Fault.code(1013, "request time is invalid")
                        .and(Fault.without("t").withoutCarryingOut()));

        assertThatExceptionOfType(TuyaAuthException.class).isThrownBy(() -> cloud.getStatus(PLUG));
        assertThat(requests()).hasSize(1);
    }

    @Test
    void call_tokenLife_isCountedOnTheLocalClock() {
        use(client().clock(Clock.offset(time, Duration.ofSeconds(-3600))));
        cloud.getStatus(PLUG);
        fake.clearRequests();
        time.advance(Duration.ofSeconds(7100));

        cloud.getStatus(PLUG);

        assertThat(fake.tokenRequests()).isZero();
    }

    @Test
    void call_smallDifference_isLeftAlone() {
        use(client().clock(Clock.offset(time, Duration.ofSeconds(200))));

        cloud.getStatus(PLUG);

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(0, 0);
        assertThat(requests().get(0).header("t")).isEqualTo("1709294600000");
    }
}
