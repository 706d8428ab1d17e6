package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.github.tuyacloud.engine.UsageMeter.Counts;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.model.Usage;
import io.github.tuyacloud.support.BackgroundCall;
import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests the monthly count of requests, and the budget. */
class UsageMeterTest {

    private static final ApiRequest STATUS = ApiRequest.get("/v1.0/devices/{id}/status", "bf1");

    private static final Instant APRIL = Instant.parse("2024-04-01T00:00:00Z");

    private final ManualTime time = new ManualTime();
    private final ServerClock clock = new ServerClock(time);
    private final UsageMeter meter = new UsageMeter(clock, 2);

    @Test
    void reserve_beyondTheBudget_isRefusedUntilTheNextMonth() {
        sent();
        sent();

        TuyaQuotaException refusal = catchThrowableOfType(TuyaQuotaException.class, () -> meter.reserve(STATUS));

        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofDays(30).plusHours(12));
        assertThat(refusal)
                .hasMessageContaining("the monthly budget of 2 requests is used up until 2024-04-01T00:00:00Z");
        assertThat(refusal.code()).isEqualTo(-1);
        assertThat(refusal.retryable()).isFalse();
        assertThat(meter.usage().total()).isEqualTo(2);
    }

    @Test
    void reserve_lastRequestInFlight_isRefusedForNow() {
        sent();
        Counts place = meter.reserve(STATUS);

        TuyaQuotaException refusal = catchThrowableOfType(TuyaQuotaException.class, () -> meter.reserve(STATUS));

        assertThat(refusal)
                .hasMessageContaining("the monthly budget of 2 requests is used up if the 1 in flight reach the cloud");
        assertThat(refusal.retryable()).isTrue();
        assertThat(refusal.retryAfter()).isNull();

        meter.settle(place, STATUS, false, false);
        assertThat(meter.reserve(STATUS)).isNotNull();
    }

    @Test
    void settle_neverSent_isNotCounted() {
        sent();
        ApiRequest other = ApiRequest.get("/v1.0/token");
        Counts place = meter.reserve(other);
        assertThat(meter.usage().total()).isEqualTo(2);

        meter.settle(place, other, false, false);

        assertThat(meter.usage().total()).isEqualTo(1);
        assertThat(meter.usage().byEndpoint()).containsExactly(entry("GET /v1.0/devices/{id}/status", 1L));
    }

    @Test
    void settle_neverSentLastMonth_changesNothingInThisMonth() {
        Counts place = meter.reserve(STATUS);
        time.setClock(APRIL);
        sent();

        meter.settle(place, STATUS, false, false);

        assertThat(meter.usage().total()).isEqualTo(1);
    }

    @Test
    void reserve_nextMonth_startsAtZero() {
        sent();
        time.setClock(APRIL.minusMillis(1));
        sent();
        assertThat(meter.usage().since()).isEqualTo(ManualTime.START);
        time.setClock(APRIL);

        sent();

        Usage usage = meter.usage();
        assertThat(usage.total()).isEqualTo(1);
        assertThat(usage.byEndpoint()).containsExactly(entry("GET /v1.0/devices/{id}/status", 1L));
        assertThat(usage.since()).isEqualTo(APRIL);
    }

    @Test
    void reserve_clockSetBackAMonth_staysInTheMonth() {
        sent();
        sent();
        time.setClock(Instant.parse("2024-02-29T23:59:59Z"));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> meter.reserve(STATUS))
                .withMessageContaining("used up until 2024-04-01T00:00:00Z");
        assertThat(meter.usage().total()).isEqualTo(2);
        assertThat(meter.usage().since()).isEqualTo(ManualTime.START);

        time.setClock(ManualTime.START);
        assertThat(meter.usage().total()).isEqualTo(2);
    }

    @Test
    void reserve_clockSetBackAfterTheMonthWasProven_staysInTheMonth() {
        time.setClock(APRIL);
        sent();
        sent();
        time.setClock(APRIL.minusSeconds(1));

        assertThat(meter.usage().total()).isEqualTo(2);
        assertThat(meter.usage().since()).isEqualTo(APRIL);
    }

    @Test
    void reserve_clockAMonthAheadTemporarily_resumesTheCount() {
        sent();
        time.setClock(APRIL);
        assertThat(meter.usage().total()).isZero();
        lost();
        time.setClock(ManualTime.START.plusSeconds(60));

        assertThat(meter.usage().total()).isEqualTo(2);
        assertThat(meter.usage().since()).isEqualTo(ManualTime.START);
        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> meter.reserve(STATUS));
    }

    @Test
    void reserve_clockYearsAheadUntilCorrectedByTheCloud_resumesTheCount() {
        sent();
        time.setClock(Instant.parse("2031-01-05T00:00:00Z"));
        lost();
        time.setClock(Instant.parse("2031-02-05T00:00:00Z"));
        Counts place = meter.reserve(STATUS);

        clock.learn(ManualTime.START.plusSeconds(60));
        meter.settle(place, STATUS, true, false);

        assertThat(meter.usage().total()).isEqualTo(3);
        assertThat(meter.usage().since()).isEqualTo(ManualTime.START);
        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> meter.reserve(STATUS));
    }

    @Test
    void settle_neverSentBeforeTheClockWasCorrected_isSubtracted() {
        sent();
        time.setClock(Instant.parse("2031-01-05T00:00:00Z"));
        Counts place = meter.reserve(STATUS);
        time.setClock(ManualTime.START);
        assertThat(meter.usage().total()).isEqualTo(2);

        meter.settle(place, STATUS, false, false);

        assertThat(meter.usage().total()).isEqualTo(1);
    }

    @Test
    void reserve_budgetUsedUpAndANewMonthByTheLocalClockOnly_admitsOneRequestAtATime() {
        sent();
        sent();
        time.setClock(APRIL);
        Counts first = meter.reserve(STATUS);

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> meter.reserve(STATUS))
                .satisfies(e -> assertThat(e.retryable()).isTrue());

        meter.settle(first, STATUS, true, true);
        assertThat(meter.reserve(STATUS)).isNotNull();
        assertThat(meter.usage().total()).isEqualTo(2);
    }

    @Test
    void usage_clockAheadThenCorrected_isOfTheCorrectMonth() {
        time.setClock(Instant.parse("2024-06-05T00:00:00Z"));
        UsageMeter early = new UsageMeter(clock, 2);
        time.setClock(ManualTime.START);

        early.settle(early.reserve(STATUS), STATUS, true, true);

        assertThat(early.usage().since()).isEqualTo(ManualTime.START);
        time.setClock(APRIL);
        assertThat(early.usage().total()).isZero();
    }

    @Test
    void usage_read_doesNotBlockCounting() {
        meter.usage();

        BackgroundCall.start(this::sent).result();

        assertThat(meter.usage().total()).isEqualTo(1);
    }

    @Test
    void reserve_beyondAThousandEndpoints_countsTheRestTogether() {
        UsageMeter unlimited = new UsageMeter(clock, UsageMeter.UNLIMITED);
        for (int i = 0; i < 1_500; i++) {
            unlimited.reserve(ApiRequest.ofUrl(
                    "/v1.0/" + "a".repeat(i % 50 + 1) + "/" + "b".repeat(i / 50 + 1), null, null, null));
        }
        unlimited.reserve(ApiRequest.ofUrl("/v1.0/a/b", null, null, null));

        Usage usage = unlimited.usage();

        assertThat(usage.total()).isEqualTo(1_501);
        assertThat(usage.byEndpoint())
                .hasSize(1_001)
                .containsEntry("other", 500L)
                .containsEntry("GET /v1.0/a/b", 2L);
    }

    /** Sends a request that the cloud accepts. */
    private void sent() {
        meter.settle(meter.reserve(STATUS), STATUS, true, true);
    }

    /** Sends a request whose response is lost. */
    private void lost() {
        meter.settle(meter.reserve(STATUS), STATUS, true, false);
    }
}
