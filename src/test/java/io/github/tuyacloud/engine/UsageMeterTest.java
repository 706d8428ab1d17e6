package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests the monthly count of requests, and the budget. */
class UsageMeterTest {

    private static final ApiRequest STATUS = ApiRequest.get("/v1.0/devices/{id}/status", "bf1");

    private final ScriptedExchange time = new ScriptedExchange();
    private final UsageMeter meter = new UsageMeter(time.clock, 2);

    @Test
    void count_beyondTheBudget_isRefusedUntilTheNextMonth() {
        meter.count(STATUS);
        meter.count(STATUS);

        TuyaQuotaException refusal = catchThrowableOfType(TuyaQuotaException.class, () -> meter.count(STATUS));

        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofDays(30).plusHours(12));
        assertThat(refusal)
                .hasMessageContaining("the monthly budget of 2 requests is used up until 2024-04-01T00:00:00Z");
        assertThat(refusal.code()).isEqualTo(-1);
        assertThat(meter.usage().total()).isEqualTo(2);
    }

    @Test
    void count_nextMonth_startsAtZero() {
        meter.count(STATUS);
        time.now = Instant.parse("2024-03-31T23:59:59.999Z");
        meter.count(STATUS);
        assertThat(meter.usage().since()).isEqualTo(ScriptedExchange.START);
        time.now = Instant.parse("2024-04-01T00:00:00Z");

        meter.count(STATUS);

        Usage usage = meter.usage();
        assertThat(usage.total()).isEqualTo(1);
        assertThat(usage.byEndpoint()).containsExactly(entry("GET /v1.0/devices/{id}/status", 1L));
        assertThat(usage.since()).isEqualTo(Instant.parse("2024-04-01T00:00:00Z"));
    }

    @Test
    void count_clockSetBackAMonth_startsAtZero() {
        meter.count(STATUS);
        time.now = Instant.parse("2024-02-29T23:59:59Z");

        assertThat(meter.usage().total()).isZero();
        assertThat(meter.usage().since()).isEqualTo(Instant.parse("2024-02-01T00:00:00Z"));
    }

    @Test
    void usage_read_doesNotBlockCounting() throws Exception {
        meter.usage();
        FutureTask<Void> other = new FutureTask<>(() -> meter.count(STATUS), null);
        Thread thread = new Thread(other);
        thread.setDaemon(true);
        thread.start();

        other.get(5, TimeUnit.SECONDS);
        assertThat(meter.usage().total()).isEqualTo(1);
    }

    @Test
    void count_beyondAThousandEndpoints_countsTheRestTogether() {
        UsageMeter unlimited = new UsageMeter(time.clock, UsageMeter.UNLIMITED);
        for (int i = 0; i < 1_500; i++) {
            unlimited.count(ApiRequest.ofUrl(
                    "/v1.0/" + "a".repeat(i % 50 + 1) + "/" + "b".repeat(i / 50 + 1), null, null, null));
        }
        unlimited.count(ApiRequest.ofUrl("/v1.0/a/b", null, null, null));

        Usage usage = unlimited.usage();

        assertThat(usage.total()).isEqualTo(1_501);
        assertThat(usage.byEndpoint())
                .hasSize(1_001)
                .containsEntry("other", 500L)
                .containsEntry("GET /v1.0/a/b", 2L);
    }
}
