package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.support.BackgroundCall;
import io.github.tuyacloud.support.Clients;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests views of a client: the options of their own, and what they share with the client. */
@Timeout(90)
class ClientViewTest {

    private static final String PLUG = DemoWorld.PLUG;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeTuyaCloud fake = FakeTuyaCloud.start();
    private final TuyaCloud cloud = client().build();

    @AfterEach
    void close() {
        cloud.close();
        fake.close();
    }

    @Test
    void withCallTimeout_slowResponse_endsOnlyCallsOfTheView() {
        TuyaCloud hasty = cloud.withCallTimeout(Duration.ofMillis(100));
        cloud.getConnectStatus(PLUG);
        fake.onAny().fail(Fault.delay(Duration.ofMillis(400)));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> hasty.getConnectStatus(PLUG))
                .withMessageContaining("timed out after 0.1 s waiting for the response");
        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> hasty.things().properties(PLUG));
        assertThat(cloud.getConnectStatus(PLUG)).isTrue();
        assertThat(hasty.withCallTimeout(Duration.ofSeconds(20)).getConnectStatus(PLUG))
                .isTrue();
    }

    @Test
    void withRetries_none_appliesToTheViewOnly() {
        TuyaCloud once = cloud.withRetries(RetryPolicy.none());
        cloud.getConnectStatus(PLUG);
        fake.onAny().times(1).fail(Fault.http(503));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> once.getConnectStatus(PLUG))
                .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));
        fake.onAny().times(1).fail(Fault.http(503));
        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> once.homes().ofUser(DemoWorld.ALICE));
        fake.onAny().times(1).fail(Fault.http(503));
        assertThat(cloud.getConnectStatus(PLUG)).isTrue();
        fake.onAny().times(1).fail(Fault.http(503));
        assertThatExceptionOfType(TuyaTransportException.class)
                .as("a view of a view keeps its other option")
                .isThrownBy(() -> once.withCallTimeout(SECOND).getConnectStatus(PLUG));
    }

    @Test
    void view_anyCall_sharesTokenUsageAndMappings() {
        TuyaCloud view = cloud.withCallTimeout(Duration.ofSeconds(5)).withRetries(RetryPolicy.none());

        view.getConnectStatus(PLUG);
        cloud.getConnectStatus(PLUG);
        assertThat(fake.tokenRequests()).isEqualTo(1);
        assertThat(cloud.usage()).isEqualTo(view.usage());
        assertThat(cloud.usage().byEndpoint()).isEqualTo(Map.of("GET /v1.0/token", 1L, "GET /v1.0/devices/{id}", 2L));

        String product = cloud.devices().device(PLUG).productId();
        assertThat(view.getMapping(product, PLUG)).isPresent();
        assertThat(cloud.getMapping(product))
                .isEqualTo(view.getMapping(product))
                .isPresent();
        cloud.setMappings(Map.of());
        assertThat(view.getMapping(product)).isEmpty();
    }

    @Test
    void view_planRefused_holdsBackTheClientToo() {
        TuyaCloud view = cloud.withRetries(RetryPolicy.none());
        cloud.getConnectStatus(PLUG);
        fake.onAny().times(1).fail(Fault.code(28841002, "expired"));

        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> view.getConnectStatus(PLUG));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageContaining("not sent");
        view.setRegion(Region.US);
        assertThat(cloud.getConnectStatus(PLUG)).isTrue();
        assertThat(fake.tokenRequests()).isEqualTo(2);
    }

    @Test
    void view_getDevicesOfOwners_looksUpTheOwnersOnce() {
        try (TuyaCloud owned = client().apiDeviceId(PLUG).build()) {
            owned.getDevices();
            owned.withCallTimeout(Duration.ofSeconds(20)).getDevices();
        }
        assertThat(fake.requestCount("GET", "/v1.0/devices/{id}")).isEqualTo(1);
    }

    @Test
    void close_ofViewOrClient_onlyTheClientsClosesBoth() {
        TuyaCloud view = cloud.withCallTimeout(SECOND);
        view.close();

        assertThat(view.getConnectStatus(PLUG)).isTrue();
        assertThat(cloud.getConnectStatus(PLUG)).isTrue();
        cloud.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> view.getConnectStatus(PLUG))
                .withMessage("This TuyaCloud is closed");
    }

    /** The view fails to fetch the token; the client's call, which waited for it, then fetches it itself. */
    @Test
    void tokenFetch_ledByAViewWithoutTime_isTakenOver() throws Exception {
        fake.onToken().times(1).fail(Fault.stall());
        BackgroundCall<?> hasty =
                BackgroundCall.start(() -> cloud.withCallTimeout(SECOND).getConnectStatus(PLUG));
        assertThat(fake.awaitRequestCount(1, Duration.ofSeconds(10))).isTrue();

        assertThat(cloud.getConnectStatus(PLUG)).isTrue();

        assertThat(hasty.failure()).isInstanceOf(TuyaTransportException.class);
        assertThat(fake.tokenRequests()).isEqualTo(2);
    }

    /** The retry that the view has no time for is made by the client's call. */
    @Test
    void tokenFetch_viewHasNoTimeForTheRetry_isTakenOver() throws Exception {
        fake.onToken().times(1).fail(Fault.http(503).header("Retry-After", "3").and(Fault.delay(SECOND)));
        BackgroundCall<?> hasty = BackgroundCall.start(
                () -> cloud.withCallTimeout(Duration.ofSeconds(3)).getConnectStatus(PLUG));
        assertThat(fake.awaitRequestCount(1, Duration.ofSeconds(10))).isTrue();

        assertThat(cloud.getConnectStatus(PLUG)).isTrue();

        assertThat(hasty.failure()).isInstanceOf(TuyaTransportException.class);
        assertThat(fake.tokenRequests()).isEqualTo(2);
    }

    /** If no waiter has more time than the leader, all get its error, and no further request is sent. */
    @Test
    void tokenFetch_noWaiterHasTimeForTheRetry_failsForAll() throws Exception {
        fake.onToken().fail(Fault.http(503).header("Retry-After", "3600").and(Fault.delay(SECOND)));
        BackgroundCall<?> first = BackgroundCall.start(() -> cloud.getConnectStatus(PLUG));
        assertThat(fake.awaitRequestCount(1, Duration.ofSeconds(10))).isTrue();

        assertThatExceptionOfType(TuyaException.class).isThrownBy(() -> cloud.getStatus(PLUG));

        assertThat(first.failure()).isInstanceOf(TuyaException.class);
        assertThat(fake.tokenRequests()).isEqualTo(1);
    }

    @Test
    void withCallTimeout_badValues_areRefused() {
        for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofMillis(-1), Duration.ofHours(2)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cloud.withCallTimeout(bad))
                    .withMessageContaining("callTimeout");
        }
        assertThatNullPointerException().isThrownBy(() -> cloud.withCallTimeout(null));
        assertThatNullPointerException().isThrownBy(() -> cloud.withRetries(null));
    }

    private TuyaCloudBuilder client() {
        return Clients.of(fake);
    }
}
