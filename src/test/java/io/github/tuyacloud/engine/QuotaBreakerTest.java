package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.engine.ErrorCatalog.Reach;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaQuotaException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which calls are held back, and for how long, after a plan or a quota has been used up. */
class QuotaBreakerTest {

    private static final ApiRequest STATUS = ApiRequest.get("/v1.0/devices/{id}/status", "bf1");
    private static final ApiRequest LOGS = ApiRequest.get("/v1.0/devices/{id}/logs", "bf1");
    private static final ApiRequest INFRARED = ApiRequest.get("/v2.0/infrareds/{id}/remotes", "bf1");
    private static final Target EU = new Target(Region.EU, "https://eu");
    private static final Target US = new Target(Region.US, "https://us");
    private static final TuyaQuotaException REFUSAL = new TuyaQuotaException(
            CallFailure.builder(STATUS.operation())
                    .code(28841002)
                    .message("expired")
                    .tid("t1")
                    .hint("extend it")
                    .build(),
            null);

    private long now = Long.MAX_VALUE - 5;
    private final QuotaBreaker coolDown = new QuotaBreaker(() -> now);

    @Test
    void check_planRefused_holdsBackEveryCallForTenMinutes() {
        coolDown.learn(STATUS, EU, refused(Reach.PLAN));
        now += Duration.ofMinutes(4).toNanos();

        TuyaQuotaException kept = catchThrowableOfType(TuyaQuotaException.class, () -> coolDown.check(LOGS, EU));

        assertThat(kept.retryAfter()).isEqualTo(Duration.ofMinutes(6));
        assertThat(kept.code()).isEqualTo(28841002);
        assertThat(kept.apiMessage()).isEqualTo("expired");
        assertThat(kept.tid()).isEqualTo("t1");
        assertThat(kept.hint()).isEqualTo("extend it");
        assertThat(kept.operation()).isEqualTo(LOGS.operation());
        assertThat(kept.retryable()).isFalse();
        assertThat(kept)
                .hasMessageContaining("not sent: the cloud said 28841002 expired to " + STATUS.operation())
                .hasMessageContaining("10 minutes");
    }

    @Test
    void check_refusedWithoutMessage_showsOnlyTheCode() {
        TuyaQuotaException refusal = new TuyaQuotaException(
                CallFailure.builder(STATUS.operation()).code(28841002).build(), null);
        coolDown.learn(STATUS, EU, new Failure(refusal, Recovery.NONE, Reach.PLAN, null, null));

        assertThatThrownBy(() -> coolDown.check(STATUS, EU))
                .hasMessageContaining("the cloud said 28841002 to " + STATUS.operation());
    }

    @Test
    void check_tenMinutesLater_admitsCalls() {
        coolDown.learn(STATUS, EU, refused(Reach.PLAN));
        now += Duration.ofMinutes(10).toNanos() - 1;
        assertThatThrownBy(() -> coolDown.check(STATUS, EU)).isInstanceOf(TuyaQuotaException.class);
        now += 1;
        assertThatCode(() -> coolDown.check(STATUS, EU)).doesNotThrowAnyException();
    }

    @Test
    void check_endpointRefused_holdsBackOnlyThatEndpoint() {
        coolDown.learn(STATUS, EU, refused(Reach.ENDPOINT));
        assertThatThrownBy(() -> coolDown.check(STATUS, EU)).isInstanceOf(TuyaQuotaException.class);
        assertThatCode(() -> coolDown.check(LOGS, EU)).doesNotThrowAnyException();
    }

    @Test
    void check_planOfAnotherServiceRefused_holdsBackOnlyThatEndpoint() {
        List<ApiRequest> others = List.of(
                INFRARED,
                LOGS,
                ApiRequest.get("/v1.0/homes/{id}/scenes", "1"),
                ApiRequest.get("/v1.0/devices/{id}/door-lock/remote-unlocks", "bf1"));
        for (ApiRequest request : others) {
            coolDown.learn(request, EU, refused(Reach.PLAN));
            assertThatThrownBy(() -> coolDown.check(request, EU)).isInstanceOf(TuyaQuotaException.class);
        }
        assertThatCode(() -> coolDown.check(STATUS, EU)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1.0/token",
                "/v1.0/devices/bf1",
                "/v1.0/devices/factory-infos",
                "/v1.1/devices/bf1/specifications",
                "/v1.0/devices/bf1/commands",
                "/v1.3/iot-03/devices",
                "/v1.0/iot-01/associated-users/devices",
                "/v2.0/cloud/thing/bf1/shadow/properties"
            })
    void check_planOfIotCoreRefused_holdsBackEveryCall(String path) {
        coolDown.learn(ApiRequest.ofUrl(path, null, null, null), EU, refused(Reach.PLAN));
        assertThatThrownBy(() -> coolDown.check(INFRARED, EU)).isInstanceOf(TuyaQuotaException.class);
    }

    @Test
    void check_quotaOfTheProjectUsedUpByAnotherService_holdsBackEveryCall() {
        coolDown.learn(INFRARED, EU, refused(Reach.PROJECT));
        assertThatThrownBy(() -> coolDown.check(STATUS, EU)).isInstanceOf(TuyaQuotaException.class);
    }

    @Test
    void check_callRefused_holdsBackNothing() {
        coolDown.learn(STATUS, EU, refused(Reach.CALL));
        assertThatCode(() -> coolDown.check(STATUS, EU)).doesNotThrowAnyException();
    }

    @Test
    void check_otherRegion_isAdmitted() {
        coolDown.learn(STATUS, EU, refused(Reach.PLAN));
        assertThatCode(() -> coolDown.check(STATUS, US)).doesNotThrowAnyException();
        assertThatThrownBy(() -> coolDown.check(STATUS, EU)).isInstanceOf(TuyaQuotaException.class);
    }

    @Test
    void clear_afterRefusals_forgetsThem() {
        coolDown.learn(STATUS, EU, refused(Reach.PLAN));
        coolDown.learn(LOGS, EU, refused(Reach.ENDPOINT));
        coolDown.clear();
        assertThatCode(() -> coolDown.check(LOGS, EU)).doesNotThrowAnyException();
    }

    private static Failure refused(Reach reach) {
        return new Failure(REFUSAL, Recovery.NONE, reach, null, null);
    }
}
