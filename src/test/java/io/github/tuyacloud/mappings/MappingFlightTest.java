package io.github.tuyacloud.mappings;

import static io.github.tuyacloud.BuilderHooks.nanoTime;
import static io.github.tuyacloud.BuilderHooks.sleeper;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.BackgroundCall;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that concurrent calls for one unknown product share one request, and no call exceeds its own timeout. */
@Timeout(90)
class MappingFlightTest extends FakeCloudTest {

    private static final String PRODUCT = "pnzfakeplug1";
    private static final String SPECIFICATIONS = "/v1.1/devices/{id}/specifications";

    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void getMapping_noResponse_failsForAllAfterOneCallTimeout() {
        use(nanoTime(client().callTimeout(Duration.ofSeconds(1)), System::nanoTime));
        cloud.getStatus(DemoWorld.PLUG);
        fake.clearRequests();
        fake.on("GET", SPECIFICATIONS).fail(Fault.stall());

        List<BackgroundCall<DpMapping>> callers =
                Stream.generate(() -> start(DemoWorld.PLUG)).limit(6).toList();

        assertThat(callers).allSatisfy(caller -> {
            assertThat(caller.failure()).isInstanceOf(TuyaTransportException.class);
            assertThat(caller.took()).isBetween(Duration.ofMillis(800), Duration.ofMillis(2_500));
        });
        // A thread that started late may have had time for its own request.
        assertThat(requests()).hasSizeBetween(1, 2);
    }

    @Test
    void getMapping_refused_failsForAllWaitersAndIsNotRemembered() throws Exception {
        holdTheFirstCall();
        fake.on("GET", SPECIFICATIONS)
                .fail(Fault.code(2010, "device not exist"))
                .times(1);
        List<BackgroundCall<DpMapping>> callers =
                List.of(leader(DemoWorld.PLUG), waiter(DemoWorld.PLUG), waiter(DemoWorld.PLUG));

        gate.countDown();

        assertThat(callers).extracting(BackgroundCall::failure).allSatisfy(e -> assertThat(e)
                .isInstanceOfSatisfying(TuyaApiException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(2010)));
        assertThat(requests()).hasSize(2);
        assertThat(cloud.getMapping(PRODUCT, DemoWorld.PLUG)).isPresent();
    }

    @Test
    void getMapping_refusedForAnotherDevice_isRequestedForThisOne() throws Exception {
        holdTheFirstCall();
        BackgroundCall<DpMapping> leader = leader("bfforeign");
        BackgroundCall<DpMapping> waiter = waiter(DemoWorld.PLUG);

        gate.countDown();

        assertThat(leader.failure()).isInstanceOf(TuyaApiException.class);
        assertThat(waiter.result().dps()).hasSize(5);
        assertThat(requests()).hasSize(3);
    }

    @Test
    void getMapping_concurrentCalls_shareOneRequest() throws Exception {
        holdTheFirstCall();
        List<BackgroundCall<DpMapping>> callers =
                List.of(leader(DemoWorld.PLUG), waiter(DemoWorld.PLUG), waiter(DemoWorld.OFFLINE_PLUG));

        gate.countDown();

        assertThat(callers).extracting(caller -> caller.result().dps().size()).containsOnly(5);
        assertThat(requests()).hasSize(2);
    }

    @Test
    void interrupt_ofTheFetcher_letsAWaiterTakeOver() throws Exception {
        fake.on("GET", SPECIFICATIONS).fail(Fault.stall()).times(1);
        BackgroundCall<DpMapping> leader = leader(DemoWorld.PLUG);
        BackgroundCall<DpMapping> first = waiter(DemoWorld.PLUG);
        BackgroundCall<DpMapping> second = waiter(DemoWorld.PLUG);

        leader.interrupt();

        assertThat(leader.failure()).hasMessageContaining("the thread was interrupted");
        assertThat(first.result().dps()).hasSize(5);
        assertThat(second.result()).isEqualTo(first.result());
        assertThat(requests()).hasSize(2);
    }

    @Test
    void interrupt_ofAWaiter_endsOnlyThatWaiter() throws Exception {
        holdTheFirstCall();
        BackgroundCall<DpMapping> leader = leader(DemoWorld.PLUG);
        BackgroundCall<DpMapping> waiter = waiter(DemoWorld.PLUG);

        waiter.interrupt();

        assertThat(waiter.failure())
                .isInstanceOf(TuyaTransportException.class)
                .hasMessageContaining("the thread was interrupted");
        assertThat(waiter.endedInterrupted()).isTrue();
        gate.countDown();
        assertThat(leader.result().dps()).hasSize(5);
    }

    @Test
    void interrupt_afterTakingOver_endsImmediately() throws Exception {
        BackgroundCall<DpMapping> waiter = waiterThatTookOver();

        waiter.interrupt();

        assertThat(waiter.failure()).hasMessageContaining("the thread was interrupted");
        assertThat(waiter.endedInterrupted()).isTrue();
    }

    @Test
    void callTimeout_ofTheFetcher_letsAWaiterTakeOver() throws Exception {
        use(nanoTime(client().callTimeout(Duration.ofSeconds(2)), System::nanoTime));
        cloud.getStatus(DemoWorld.PLUG);
        fake.clearRequests();
        fake.on("GET", SPECIFICATIONS).fail(Fault.stall()).times(1);
        BackgroundCall<DpMapping> leader = leader(DemoWorld.PLUG);
        long late = System.nanoTime() + Duration.ofMillis(700).toNanos();
        while (System.nanoTime() < late) {
            LockSupport.parkNanos(late - System.nanoTime());
        }
        BackgroundCall<DpMapping> waiter = waiter(DemoWorld.PLUG);

        assertThat(leader.failure()).isInstanceOf(TuyaTransportException.class);
        assertThat(waiter.result().dps()).hasSize(5);
    }

    @Test
    void close_afterTakingOver_endsTheCall() throws Exception {
        BackgroundCall<DpMapping> waiter = waiterThatTookOver();

        cloud.close();

        assertThat(waiter.failure()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void failure_ofAViewWithoutRetries_isNotSharedWithACallerThatRetries() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        use(client().httpClient(holdingTheFirstSpecification(fetching)));
        cloud.getStatus(DemoWorld.PLUG);
        fake.clearRequests();
        fake.on("GET", SPECIFICATIONS).fail(Fault.http(502)).times(1);
        TuyaCloud client = cloud;
        cloud = client.withRetries(RetryPolicy.none());
        BackgroundCall<DpMapping> leader = start(DemoWorld.PLUG);
        fetching.await();
        cloud = client;
        BackgroundCall<DpMapping> waiter = waiter(DemoWorld.PLUG);

        gate.countDown();

        assertThat(leader.failure()).hasMessageContaining("HTTP 502");
        assertThat(waiter.result().dps()).hasSize(5);
    }

    @Test
    void permit_notFreeInTheTimeOfAView_isWaitedForByACallerWithMoreTime() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        use(nanoTime(
                client().httpClient(holdingTheFirstSpecification(fetching)).maxCallsInFlight(1), System::nanoTime));
        cloud.getStatus(DemoWorld.PLUG);
        TuyaCloud holding = cloud;
        BackgroundCall<?> holder = BackgroundCall.start(() -> holding.getDps(DemoWorld.LAMP));
        fetching.await();
        TuyaCloud client = cloud;
        cloud = client.withCallTimeout(Duration.ofSeconds(2));
        BackgroundCall<DpMapping> leader = waiter(DemoWorld.PLUG);
        cloud = client;
        BackgroundCall<DpMapping> waiter = waiter(DemoWorld.PLUG);

        assertThat(leader.failure()).hasMessageContaining("1 call of this client was in flight for 1 s");
        gate.countDown();
        assertThat(waiter.result().dps()).hasSize(5);
        holder.result();
    }

    private OkHttpClient holdingTheFirstSpecification(CountDownLatch fetching) {
        return new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    boolean isSpecification =
                            chain.request().url().encodedPath().contains("/specifications");
                    if (isSpecification && fetching.getCount() > 0) {
                        fetching.countDown();
                        awaitGate();
                    }
                    return chain.proceed(chain.request());
                })
                .build();
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A waiter that has taken over, because the fetching thread was interrupted. */
    private BackgroundCall<DpMapping> waiterThatTookOver() throws InterruptedException {
        fake.on("GET", SPECIFICATIONS).fail(Fault.stall());
        BackgroundCall<DpMapping> leader = leader(DemoWorld.PLUG);
        BackgroundCall<DpMapping> waiter = waiter(DemoWorld.PLUG);
        long sent = fake.requestCount();
        leader.interrupt();
        assertThat(fake.awaitRequestCount(sent + 1, Duration.ofSeconds(20))).isTrue();
        return waiter;
    }

    /** Delays the retry of the first request until the latch is released. */
    private void holdTheFirstCall() {
        use(sleeper(client(), wait -> gate.await()));
        cloud.getStatus(DemoWorld.PLUG);
        fake.clearRequests();
        fake.on("GET", SPECIFICATIONS).fail(Fault.code(1110, "busy")).times(1);
    }

    /** Starts a call, and returns once it is fetching. */
    private BackgroundCall<DpMapping> leader(String deviceId) throws InterruptedException {
        int before = requests().size();
        BackgroundCall<DpMapping> caller = start(deviceId);
        Await.until(() -> requests().size() > before, "the request of the one that fetches");
        return caller;
    }

    /** Starts a call that waits for the one that fetches. */
    private BackgroundCall<DpMapping> waiter(String deviceId) {
        return start(deviceId).awaitBlocked();
    }

    private BackgroundCall<DpMapping> start(String deviceId) {
        TuyaCloud caller = cloud;
        return BackgroundCall.start(() -> caller.getMapping(PRODUCT, deviceId).orElseThrow());
    }
}
