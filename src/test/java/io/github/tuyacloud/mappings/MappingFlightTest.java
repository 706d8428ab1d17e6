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
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that concurrent calls for one unknown product share one request, and no call exceeds its own timeout. */
@Timeout(90)
class MappingFlightTest extends FakeCloudTest {

    private static final String PRODUCT = "pnzfakeplug1";
    private static final String SPECIFICATIONS = "/v1.1/devices/{id}/specifications";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void getMapping_noAnswer_failsForAllAfterOneCallTimeout() {
        use(nanoTime(client().callTimeout(Duration.ofSeconds(1)), System::nanoTime));
        cloud.getStatus(DemoWorld.PLUG);
        fake.clearRequests();
        fake.on("GET", SPECIFICATIONS).fail(Fault.stall());

        List<Caller> callers =
                Stream.generate(() -> new Caller(DemoWorld.PLUG)).limit(6).toList();
        callers.forEach(Caller::start);

        assertThat(callers).allSatisfy(caller -> {
            assertThat(caller.error()).isInstanceOf(TuyaTransportException.class);
            assertThat(caller.took).isBetween(Duration.ofMillis(800), Duration.ofMillis(2_500));
        });
        // A thread that started late may have had time for its own request.
        assertThat(requests()).hasSizeBetween(1, 2);
    }

    @Test
    void getMapping_refused_failsForAllWaitersAndIsNotRemembered() {
        holdTheFirstCall();
        fake.on("GET", SPECIFICATIONS)
                .fail(Fault.code(2010, "device not exist"))
                .times(1);
        List<Caller> callers = List.of(leader(DemoWorld.PLUG), waiter(DemoWorld.PLUG), waiter(DemoWorld.PLUG));

        gate.countDown();

        assertThat(callers).extracting(Caller::error).allSatisfy(e -> assertThat(e)
                .isInstanceOfSatisfying(TuyaApiException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(2010)));
        assertThat(requests()).hasSize(2);
        assertThat(cloud.getMapping(PRODUCT, DemoWorld.PLUG)).isPresent();
    }

    @Test
    void getMapping_refusedForAnotherDevice_isRequestedForThisOne() {
        holdTheFirstCall();
        Caller leader = leader("bfforeign");
        Caller waiter = waiter(DemoWorld.PLUG);

        gate.countDown();

        assertThat(leader.error()).isInstanceOf(TuyaApiException.class);
        assertThat(waiter.mapping().dps()).hasSize(5);
        assertThat(requests()).hasSize(3);
    }

    @Test
    void getMapping_concurrentCalls_shareOneRequest() {
        holdTheFirstCall();
        List<Caller> callers = List.of(leader(DemoWorld.PLUG), waiter(DemoWorld.PLUG), waiter(DemoWorld.OFFLINE_PLUG));

        gate.countDown();

        assertThat(callers).extracting(caller -> caller.mapping().dps().size()).containsOnly(5);
        assertThat(requests()).hasSize(2);
    }

    @Test
    void interrupt_ofTheFetcher_letsAWaiterTakeOver() {
        fake.on("GET", SPECIFICATIONS).fail(Fault.stall()).times(1);
        Caller leader = leader(DemoWorld.PLUG);
        Caller first = waiter(DemoWorld.PLUG);
        Caller second = waiter(DemoWorld.PLUG);

        leader.interrupt();

        assertThat(leader.error()).hasMessageContaining("the thread was interrupted");
        assertThat(first.mapping().dps()).hasSize(5);
        assertThat(second.mapping()).isEqualTo(first.mapping());
        assertThat(requests()).hasSize(2);
    }

    @Test
    void interrupt_ofAWaiter_endsOnlyThatWaiter() {
        holdTheFirstCall();
        Caller leader = leader(DemoWorld.PLUG);
        Caller waiter = waiter(DemoWorld.PLUG);

        waiter.interrupt();

        assertThat(waiter.error())
                .isInstanceOf(TuyaTransportException.class)
                .hasMessageContaining("the thread was interrupted");
        assertThat(waiter.flag).isTrue();
        gate.countDown();
        assertThat(leader.mapping().dps()).hasSize(5);
    }

    @Test
    void interrupt_afterTakingOver_endsAtOnce() throws Exception {
        Caller waiter = whoTookOver();

        waiter.interrupt();

        assertThat(waiter.error()).hasMessageContaining("the thread was interrupted");
        assertThat(waiter.flag).isTrue();
        assertThat(waiter.took).isLessThan(PATIENCE);
    }

    @Test
    void callTimeout_ofTheFetcher_letsAWaiterTakeOver() {
        use(nanoTime(client().callTimeout(Duration.ofSeconds(2)), System::nanoTime));
        cloud.getStatus(DemoWorld.PLUG);
        fake.clearRequests();
        fake.on("GET", SPECIFICATIONS).fail(Fault.stall()).times(1);
        Caller leader = leader(DemoWorld.PLUG);
        long late = System.nanoTime() + Duration.ofMillis(700).toNanos();
        while (System.nanoTime() < late) {
            Thread.onSpinWait();
        }
        Caller waiter = waiter(DemoWorld.PLUG);

        assertThat(leader.error()).isInstanceOf(TuyaTransportException.class);
        assertThat(waiter.mapping().dps()).hasSize(5);
    }

    @Test
    void close_afterTakingOver_endsTheCall() throws Exception {
        Caller waiter = whoTookOver();

        cloud.close();

        assertThat(waiter.error()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void failure_ofAViewThatDoesNotRetry_isNotThatOfACallerThatDoes() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        use(client().httpClient(holdingTheFirstSpecification(fetching)));
        cloud.getStatus(DemoWorld.PLUG);
        fake.clearRequests();
        fake.on("GET", SPECIFICATIONS).fail(Fault.http(502)).times(1);
        TuyaCloud client = cloud;
        cloud = client.withRetries(RetryPolicy.none());
        Caller leader = new Caller(DemoWorld.PLUG);
        leader.start();
        fetching.await();
        cloud = client;
        Caller waiter = waiter(DemoWorld.PLUG);

        gate.countDown();

        assertThat(leader.error()).hasMessageContaining("HTTP 502");
        assertThat(waiter.mapping().dps()).hasSize(5);
    }

    @Test
    void permit_notFreeInTheTimeOfAView_isWaitedForByACallerWithMoreTime() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        use(nanoTime(
                client().httpClient(holdingTheFirstSpecification(fetching)).maxCallsInFlight(1), System::nanoTime));
        cloud.getStatus(DemoWorld.PLUG);
        Thread holder = new Thread(() -> cloud.getDps(DemoWorld.LAMP));
        holder.start();
        fetching.await();
        TuyaCloud client = cloud;
        cloud = client.withCallTimeout(Duration.ofSeconds(2));
        Caller leader = waiter(DemoWorld.PLUG);
        cloud = client;
        Caller waiter = waiter(DemoWorld.PLUG);

        assertThat(leader.error()).hasMessageContaining("1 call of this client was in flight for 1 s");
        gate.countDown();
        assertThat(waiter.mapping().dps()).hasSize(5);
        holder.join();
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
    private Caller whoTookOver() throws InterruptedException {
        fake.on("GET", SPECIFICATIONS).fail(Fault.stall());
        Caller leader = leader(DemoWorld.PLUG);
        Caller waiter = waiter(DemoWorld.PLUG);
        long sent = fake.requestCount();
        leader.interrupt();
        assertThat(fake.awaitRequestCount(sent + 1, PATIENCE)).isTrue();
        return waiter;
    }

    /** Delays the retry of the first request until the gate opens. */
    private void holdTheFirstCall() {
        use(sleeper(client(), wait -> gate.await()));
        cloud.getStatus(DemoWorld.PLUG);
        fake.clearRequests();
        fake.on("GET", SPECIFICATIONS).fail(Fault.code(1110, "busy")).times(1);
    }

    /** Starts the thread that fetches. */
    private Caller leader(String deviceId) {
        long before = requests().size();
        Caller caller = new Caller(deviceId);
        caller.start();
        while (requests().size() == before) {
            Thread.onSpinWait();
        }
        return caller;
    }

    /** Starts a thread that waits for the fetching one. */
    private Caller waiter(String deviceId) {
        Caller caller = new Caller(deviceId);
        caller.start();
        while (caller.getState() != Thread.State.TIMED_WAITING && caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return caller;
    }

    private final class Caller extends Thread {

        private final TuyaCloud caller = cloud;
        private final String deviceId;
        private DpMapping mapping;
        private RuntimeException error;
        private boolean flag;
        private Duration took;

        Caller(String deviceId) {
            this.deviceId = deviceId;
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            try {
                mapping = caller.getMapping(PRODUCT, deviceId).orElseThrow();
            } catch (RuntimeException e) {
                error = e;
            }
            flag = isInterrupted();
            took = Duration.ofNanos(System.nanoTime() - start);
        }

        DpMapping mapping() {
            end();
            assertThat(error).isNull();
            return mapping;
        }

        RuntimeException error() {
            end();
            return error;
        }

        private void end() {
            try {
                join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
