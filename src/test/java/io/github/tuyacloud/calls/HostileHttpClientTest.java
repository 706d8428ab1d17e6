package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.BackgroundCall;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.UnconnectedSockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/**
 * Checks that no part of a user's {@code OkHttpClient} can hold more than its own call: one that hangs, throws an
 * error, or calls the client.
 */
@Timeout(60)
class HostileHttpClientTest {

    private static final String PLUG = DemoWorld.PLUG;
    private static final String REFUSAL = "called the client that is running it (";
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    /** Far less than the call timeout, which a call that waits for itself would take. */
    private static final Duration AT_ONCE = Duration.ofSeconds(8);

    private final FakeTuyaCloud fake = FakeTuyaCloud.start();
    private final OkHttpClient.Builder http = new OkHttpClient.Builder();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicReference<Consumer<Request>> before = new AtomicReference<>(request -> {});
    private final AtomicReference<Consumer<Request>> after = new AtomicReference<>(request -> {});
    private TuyaCloud cloud;

    @AfterEach
    void close() {
        release.countDown();
        if (cloud != null) {
            cloud.close();
        }
        fake.close();
    }

    /** Creates a client whose first interceptor runs the code of a test. */
    private void start(Duration callTimeout) {
        start(callTimeout, true);
    }

    private void start(Duration callTimeout, boolean application) {
        Interceptor interceptor = chain -> {
            before.get().accept(chain.request());
            Response response = chain.proceed(chain.request());
            after.get().accept(chain.request());
            return response;
        };
        OkHttpClient client = application
                ? http.addInterceptor(interceptor).build()
                : http.addNetworkInterceptor(interceptor).build();
        cloud = TuyaCloud.builder()
                .endpoint("http://localhost:" + fake.port())
                .apiKey(fake.apiKey())
                .apiSecret(fake.apiSecret())
                .callTimeout(callTimeout)
                .maxConcurrency(1)
                .maxCallsInFlight(1)
                .httpClient(client)
                .build();
    }

    @Test
    void call_interceptorCallsTheClient_isRefusedImmediatelyAndNamesBoth() {
        start(CALL_TIMEOUT);
        before.set(request -> cloud.getStatus(PLUG));
        long start = System.nanoTime();

        assertThatIllegalStateException()
                .isThrownBy(() -> cloud.getFunctions(PLUG))
                .withMessage("A part of the OkHttpClient (an interceptor, an event listener or the like) called the"
                        + " client that is running it (GET /v1.0/iot-03/devices/{id}/status). That call could wait for itself,"
                        + " so it is refused: use another client there, or call before or after");
        assertThat(took(start)).isLessThan(AT_ONCE);
        assertThat(fake.requestCount()).isZero();
        assertThatClientWorks();
    }

    @Test
    void call_interceptorListsDevices_isRefusedImmediately() {
        start(CALL_TIMEOUT);
        before.set(request -> cloud.getDevices());
        long start = System.nanoTime();

        assertThatIllegalStateException().isThrownBy(cloud::getDevices).withMessageContaining(REFUSAL);
        assertThat(took(start)).isLessThan(AT_ONCE);
        assertThatClientWorks();
    }

    @Test
    void call_interceptorUsesAView_isRefusedImmediately() {
        start(CALL_TIMEOUT);
        TuyaCloud view = cloud.withCallTimeout(Duration.ofMinutes(1));
        before.set(request -> view.getStatus(PLUG));
        long start = System.nanoTime();

        assertThatIllegalStateException()
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageContaining(REFUSAL);
        assertThat(took(start)).isLessThan(AT_ONCE);
        assertThatClientWorks();
    }

    @Test
    void read_interceptorCallsTheClientAfterTheResponse_isRefusedImmediately() {
        start(CALL_TIMEOUT, false);
        after.set(request -> cloud.getStatus(PLUG));
        long start = System.nanoTime();

        assertThat(catchThrowable(() -> cloud.getStatus(PLUG))).hasStackTraceContaining(REFUSAL);
        assertThat(took(start)).isLessThan(AT_ONCE);
        assertThatClientWorks();
    }

    @Test
    void command_interceptorCallsTheClientAfterTheResponse_mayHaveBeenSent() {
        start(CALL_TIMEOUT, false);
        cloud.getStatus(PLUG);
        after.set(request -> cloud.getStatus(PLUG));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, Command.of("switch_1", true)))
                .withMessageContaining(REFUSAL)
                .matches(e -> e.sent() == Sent.MAYBE);
        assertThat(fake.commands(PLUG)).hasSize(1);
        assertThatClientWorks();
    }

    @Test
    void read_interceptorFailsAfterTheResponse_isNotRepeated() {
        start(CALL_TIMEOUT, false);
        cloud.getStatus(PLUG);
        after.set(request -> {
            throw new UnsupportedOperationException();
        });

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageContaining("failed: java.lang.UnsupportedOperationException (1 attempt)")
                .matches(e -> !e.retryable());
        assertThatClientWorks();
    }

    @Test
    void call_listenerOfNewConnectionsCallsTheClient_isRefusedImmediately() {
        http.eventListener(new EventListener() {
            @Override
            public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
                cloud.getStatus(PLUG);
            }
        });
        start(CALL_TIMEOUT);
        long start = System.nanoTime();

        assertThat(catchThrowable(() -> cloud.getStatus(PLUG))).hasStackTraceContaining(REFUSAL);
        assertThat(took(start)).isLessThan(AT_ONCE);
    }

    @Test
    void call_resolverCallsTheClient_isRefusedImmediately() {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        http.dns(host -> {
            if (seen.get() == null) {
                seen.set(catchThrowable(() -> cloud.getStatus(PLUG)));
                throw (RuntimeException) seen.get();
            }
            return List.of(InetAddress.getLoopbackAddress());
        });
        start(CALL_TIMEOUT);
        long start = System.nanoTime();

        assertThatThrownBy(() -> cloud.getStatus(PLUG)).isSameAs(seen.get());
        assertThat(seen.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The DNS resolver " + getClass().getName())
                .hasMessageContaining(REFUSAL);
        assertThat(took(start)).isLessThan(AT_ONCE);
        assertThatClientWorks();
    }

    @Test
    void call_otherClientInsideAnInterceptor_isAllowed() {
        start(CALL_TIMEOUT);
        List<String> seen = new ArrayList<>();
        try (TuyaCloud other = Clients.of(fake).build()) {
            before.set(request -> seen.add(other.getStatus(PLUG).toString()));

            assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
        }
        assertThat(seen).hasSize(2);
    }

    @Test
    void getDevices_interceptorThrowsAnErrorOnAWorker_reachesTheCaller() {
        start(CALL_TIMEOUT);
        OutOfMemoryError error = new OutOfMemoryError("not really");
        before.set(request -> {
            throw error;
        });

        assertThatThrownBy(cloud::getDevices).isSameAs(error);
        assertThatClientWorks();
    }

    @ParameterizedTest
    @NullAndEmptySource
    void call_resolverReturnsNoAddresses_isAnUnknownHost(List<InetAddress> addresses) {
        http.dns(host -> addresses);
        start(CALL_TIMEOUT);

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.withRetries(RetryPolicy.none()).getStatus(PLUG))
                .withMessageContaining("host name not found")
                .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.NO))
                .satisfies(e -> assertThat(e).hasStackTraceContaining("the resolver returned no addresses"));
    }

    @Test
    void getDevices_resolverThrowsAnError_reachesTheCaller() {
        OutOfMemoryError error = new OutOfMemoryError("not really");
        AtomicReference<OutOfMemoryError> once = new AtomicReference<>(error);
        http.dns(host -> {
            OutOfMemoryError now = once.getAndSet(null);
            if (now != null) {
                throw now;
            }
            return List.of(InetAddress.getLoopbackAddress());
        });
        start(CALL_TIMEOUT);

        assertThatThrownBy(cloud::getDevices).isSameAs(error);
        assertThatClientWorks();
    }

    @Test
    void call_errorWhileAnotherThreadWaitsForTheToken_isNotShared() throws Exception {
        start(CALL_TIMEOUT);
        CountDownLatch leading = new CountDownLatch(1);
        StackOverflowError error = new StackOverflowError("not really");
        before.set(request -> {
            before.set(other -> {});
            leading.countDown();
            await(release);
            throw error;
        });
        BackgroundCall<?> leader = BackgroundCall.start(() -> cloud.getStatus(PLUG));
        await(leading);
        BackgroundCall<?> follower = BackgroundCall.start(() -> cloud.getStatus(PLUG));
        release.countDown();

        assertThat(leader.failure()).isSameAs(error);
        assertThat(follower.result()).isNotNull();
    }

    @Test
    void getDevices_interceptorHangsOnAWorker_endsWithAHint() throws Exception {
        start(Duration.ofMillis(200));
        before.set(request -> await(release));
        long start = System.nanoTime();

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(cloud::getDevices)
                .withMessageContaining("no worker of this client has finished a call for 2400 ms")
                .withMessageContaining("Look for code that hangs in the OkHttpClient");
        assertThat(took(start)).isLessThan(AT_ONCE);
        before.set(request -> {});
        release.countDown();
        cloud = cloud.withCallTimeout(CALL_TIMEOUT);
        assertThatClientWorks();
    }

    @Test
    void close_whileAnInterceptorHangs_endsThoseThatWait() {
        startHangingCall();
        BackgroundCall<?> follower = BackgroundCall.start(() -> cloud.getStatus(PLUG));
        BackgroundCall<?> lister = BackgroundCall.start(() -> cloud.getDevices());

        cloud.close();

        assertThat(List.of(follower.failure(), lister.failure()))
                .allSatisfy(e ->
                        assertThat(e).isInstanceOf(IllegalStateException.class).hasMessage("This TuyaCloud is closed"));
    }

    @Test
    void close_asTheFirstWaitingCallerIsInterrupted_endsTheOthers() {
        startHangingCall();
        List<BackgroundCall<?>> followers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            followers.add(BackgroundCall.start(() -> cloud.getStatus(PLUG)).awaitBlocked());
        }

        followers.get(0).interrupt();
        cloud.close();

        assertThat(followers.get(0).failure()).isInstanceOf(TuyaInterruptedException.class);
        assertThat(followers.subList(1, 4)).extracting(BackgroundCall::failure).allSatisfy(e -> assertThat(e)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This TuyaCloud is closed"));
    }

    /** Starts a client and its first call, which fetches the token and hangs in an interceptor. */
    private void startHangingCall() {
        start(CALL_TIMEOUT);
        CountDownLatch leading = new CountDownLatch(1);
        before.set(request -> {
            leading.countDown();
            await(release);
        });
        BackgroundCall.start(() -> cloud.getStatus(PLUG));
        await(leading);
    }

    @Test
    void interrupt_socketsOfTheUser_endsTheCallImmediately() {
        http.socketFactory(new UnconnectedSockets(Socket::new));
        start(CALL_TIMEOUT);
        cloud.getStatus(PLUG);
        fake.on("GET", "/v1.0/iot-03/devices/{id}/status").fail(Fault.stall());
        long requests = fake.requestCount();
        BackgroundCall<?> call = BackgroundCall.start(() -> cloud.getStatus(PLUG));
        Await.until(() -> fake.requestCount() > requests, "the request");

        call.interrupt();

        assertThat(call.failure()).isInstanceOf(TuyaInterruptedException.class);
        assertThat(call.endedInterrupted()).isTrue();
    }

    @Test
    void timeout_eventListenerHangs_endsTheOtherCallsInTime() throws Exception {
        http.eventListener(new EventListener() {
            @Override
            public void canceled(Call call) {
                await(release);
            }
        });
        start(CALL_TIMEOUT);
        cloud.getStatus(PLUG);
        TuyaCloud hasty = cloud.withCallTimeout(Duration.ofMillis(500));
        fake.on("GET", "/v1.0/iot-03/devices/{id}/status").fail(Fault.stall());

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> hasty.getStatus(PLUG))
                    .withMessageContaining("timed out");
        }
    }

    @Test
    void timeout_eventListenerCallsTheClient_isRefused() throws Exception {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        CountDownLatch called = new CountDownLatch(1);
        http.eventListener(new EventListener() {
            @Override
            public void canceled(Call call) {
                seen.set(catchThrowable(() -> cloud.getStatus(PLUG)));
                called.countDown();
            }
        });
        start(CALL_TIMEOUT);
        cloud.getStatus(PLUG);
        TuyaCloud hasty = cloud.withCallTimeout(Duration.ofMillis(500));
        fake.on("GET", "/v1.0/iot-03/devices/{id}/status").fail(Fault.stall());

        assertThatExceptionOfType(TuyaTransportException.class).isThrownBy(() -> hasty.getStatus(PLUG));
        await(called);
        assertThat(seen.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining(REFUSAL);
    }

    private void assertThatClientWorks() {
        before.set(request -> {});
        after.set(request -> {});
        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
        assertThat(cloud.getDevices()).isNotEmpty();
    }

    private static Duration took(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void await(CountDownLatch latch) {
        while (true) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
                return;
            } catch (InterruptedException e) {
                // Ignored on purpose.
            }
        }
    }
}
