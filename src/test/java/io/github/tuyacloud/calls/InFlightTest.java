package io.github.tuyacloud.calls;

import static io.github.tuyacloud.BuilderHooks.sleeper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.support.BackgroundCall;
import io.github.tuyacloud.support.Clients;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the limit of calls in flight: which calls wait, for how long, and which are exempt. */
@Timeout(200)
class InFlightTest {

    private static final String PLUG = DemoWorld.PLUG;
    private static final String STATUS = "/v1.0/iot-03/devices/{id}/status";
    private static final Command ON = Command.of("switch_1", true);

    private final FakeTuyaCloud fake = FakeTuyaCloud.start();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(300, 10, TimeUnit.SECONDS))
            .addInterceptor(chain -> {
                boolean token = chain.request().url().encodedPath().equals("/v1.0/token");
                peak.accumulateAndGet(token ? 0 : inFlight.incrementAndGet(), Math::max);
                try {
                    return chain.proceed(chain.request());
                } finally {
                    inFlight.addAndGet(token ? 0 : -1);
                }
            })
            .build();

    @AfterEach
    void close() {
        fake.close();
        http.connectionPool().evictAll();
    }

    @Test
    void calls_ofManyThreads_stayWithinTheLimit() throws Exception {
        fake.onAny().exceptToken().fail(Fault.delay(Duration.ofMillis(2)));
        ExecutorService threads = Executors.newFixedThreadPool(200);
        try (TuyaCloud cloud = client().maxCallsInFlight(16).build()) {
            List<Future<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                calls.add(threads.submit(() -> cloud.getConnectStatus(PLUG)));
            }
            for (Future<Boolean> call : calls) {
                assertThat(call.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(peak.get()).isBetween(2, 16);
        assertThat(inFlight.get()).isZero();
    }

    @Test
    void call_waitsHalfItsTimeout_failsUnsentAndUncounted() throws Exception {
        try (TuyaCloud cloud =
                client().maxCallsInFlight(1).callTimeout(Duration.ofSeconds(2)).build()) {
            BackgroundCall<?> holder = hold(cloud);
            long before = cloud.usage().total();

            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                    .withMessage(
                            "POST /v1.0/iot-03/devices/{id}/commands failed: not sent: 1 call of this client was in "
                                    + "flight for 1 s. Make fewer concurrent calls, or raise maxCallsInFlight or callTimeout.")
                    .satisfies(e -> {
                        assertThat(e.sent()).isEqualTo(Sent.NO);
                        assertThat(e.retryable()).isTrue();
                        assertThat(e.attempts()).isZero();
                    });
            assertThat(cloud.usage().total()).isEqualTo(before);
            assertThat(holder.failure()).isInstanceOf(TuyaException.class);
            fake.clearFaults();
            assertThat(cloud.sendCommand(PLUG, ON)).isTrue();
        }
    }

    @Test
    void tokenCall_limitReached_isSentAnyway() throws Exception {
        try (TuyaCloud cloud = client().maxCallsInFlight(1).build()) {
            hold(cloud);

            assertThat(cloud.cloudRequest("/v1.0/token?grant_type=1").json()).contains("access_token");
        }
    }

    @Test
    void close_whileCallersWait_endsThemImmediately() throws Exception {
        TuyaCloud cloud = client().maxCallsInFlight(1).build();
        hold(cloud);
        List<BackgroundCall<DeviceStatus>> waiters = waiting(5, () -> cloud.getStatus(PLUG));

        cloud.close();

        assertThat(waiters).extracting(BackgroundCall::failure).allSatisfy(error -> assertThat(error)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This TuyaCloud is closed"));
        assertThatIllegalStateException().isThrownBy(() -> cloud.getStatus(PLUG));
        assertThat(fake.requestCount("GET", STATUS)).isEqualTo(1);
    }

    @Test
    void interrupt_whileWaiting_endsTheCallUnsent() throws Exception {
        try (TuyaCloud cloud = client().maxCallsInFlight(1).build()) {
            hold(cloud);
            BackgroundCall<Boolean> waiter =
                    BackgroundCall.start(() -> cloud.sendCommand(PLUG, ON)).awaitBlocked();

            waiter.interrupt();

            assertThat(waiter.failure())
                    .isInstanceOfSatisfying(TuyaInterruptedException.class, e -> assertThat(e.sent())
                            .isEqualTo(Sent.NO));
            assertThat(waiter.endedInterrupted()).isTrue();
        }
    }

    @Test
    void call_waitingForARetry_doesNotCountAsInFlight() {
        List<Object> meanwhile = new ArrayList<>();
        TuyaCloud[] cloud = new TuyaCloud[1];
        cloud[0] = sleeper(
                        client().maxCallsInFlight(1)
                                .retryPolicy(new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1))),
                        wait -> meanwhile.add(cloud[0].getConnectStatus(PLUG)))
                .build();
        fake.on("GET", STATUS).times(1).fail(Fault.http(503));

        try (TuyaCloud one = cloud[0]) {
            assertThat(one.getStatus(PLUG).dataPoints()).isNotEmpty();
        }
        assertThat(meanwhile).containsExactly(true);
    }

    /** If the token is rejected while calls wait, only the first of them is refused for it. */
    @Test
    void calls_tokenRejectedWhileTheyWait_useTheNewToken() throws Exception {
        try (TuyaCloud cloud = client().maxCallsInFlight(1).build()) {
            cloud.getConnectStatus(PLUG);
            fake.clearRequests();
            fake.on("GET", STATUS)
                    .times(1)
                    .fail(Fault.delay(Duration.ofSeconds(1)).and(Fault.code(1010, "token invalid")));
            BackgroundCall<?> first = BackgroundCall.start(() -> cloud.getStatus(PLUG));
            assertThat(fake.awaitRequestCount(1, Duration.ofSeconds(10))).isTrue();
            List<BackgroundCall<Boolean>> waiters = waiting(10, () -> cloud.getConnectStatus(PLUG));
            fake.expireTokens();

            assertThat(first.result()).isNotNull();
            assertThat(waiters).extracting(BackgroundCall::result).containsOnly(true);
            assertThat(fake.tokenRequests()).isEqualTo(1);
            assertThat(fake.requestCount()).isEqualTo(1 + 1 + 1 + 10);
        }
    }

    @Test
    void calls_ofTenThousandVirtualThreads_allSucceed() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads");
        // All callers wait for the token meanwhile, and must leave processor time for the one that fetches it.
        fake.on("GET", "/v1.0/token").times(1).fail(Fault.delay(Duration.ofSeconds(3)));
        try (TuyaCloud cloud = client().callTimeout(Duration.ofSeconds(60)).build();
                AutoCloseableExecutor threads = AutoCloseableExecutor.ofVirtualThreads()) {
            List<Future<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                calls.add(threads.executor().submit(() -> cloud.getConnectStatus(PLUG)));
            }
            int failed = 0;
            for (Future<Boolean> call : calls) {
                try {
                    call.get();
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(TuyaException.class);
                    failed++;
                }
            }
            assertThat(failed).isZero();
            assertThat(peak.get()).isLessThanOrEqualTo(256);
            assertThat(fake.tokenRequests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4_097, Integer.MAX_VALUE})
    void maxCallsInFlight_outOfRange_isRefused(int calls) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TuyaCloud.builder().maxCallsInFlight(calls))
                .withMessage("maxCallsInFlight must be 1 to 4,096, not " + calls);
    }

    /** Reflection, because the tests are compiled for a JDK without virtual threads. */
    private record AutoCloseableExecutor(ExecutorService executor) implements AutoCloseable {

        static AutoCloseableExecutor ofVirtualThreads() throws IllegalAccessException, NoSuchMethodException {
            try {
                return new AutoCloseableExecutor((ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null));
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }

    private TuyaCloudBuilder client() {
        return Clients.of(fake).httpClient(http);
    }

    /** Starts a call that gets no response, and returns once it is in flight. */
    private BackgroundCall<?> hold(TuyaCloud cloud) throws InterruptedException {
        cloud.getConnectStatus(PLUG);
        fake.on("GET", STATUS).fail(Fault.stall());
        fake.clearRequests();
        BackgroundCall<?> holder = BackgroundCall.start(() -> cloud.getStatus(PLUG));
        assertThat(fake.awaitRequestCount(1, Duration.ofSeconds(10))).isTrue();
        return holder;
    }

    /** Starts calls, and returns once each of them waits. */
    private static <T> List<BackgroundCall<T>> waiting(int number, Callable<T> call) {
        List<BackgroundCall<T>> calls =
                Stream.generate(() -> BackgroundCall.start(call)).limit(number).toList();
        calls.forEach(BackgroundCall::awaitBlocked);
        return calls;
    }
}
