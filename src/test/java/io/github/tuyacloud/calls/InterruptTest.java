package io.github.tuyacloud.calls;

import static io.github.tuyacloud.BuilderHooks.sleeper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.support.BackgroundCall;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.LoopbackTls;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that an interrupt, or closing the client, ends a call immediately, and what the exception says about the
 * request.
 */
@Timeout(90)
class InterruptTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;
    private static final Command ON = Command.of("switch_1", true);

    static Stream<Consumer<TuyaCloud>> calls() {
        return Stream.concat(Stream.of(cloud -> cloud.sendCommand(PLUG, ON)), reads());
    }

    static Stream<Consumer<TuyaCloud>> reads() {
        return Stream.of(
                cloud -> cloud.getStatus(PLUG),
                TuyaCloud::getDevices,
                cloud -> cloud.getMapping("product", PLUG),
                cloud -> cloud.getDeviceLog(PLUG),
                cloud -> cloud.streamDeviceLog(PLUG, DeviceLogQuery.builder().build())
                        .count());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void interrupt_whileAwaitingTheResponse_endsImmediatelyWithTheFlagSet(Consumer<TuyaCloud> call) throws Exception {
        fake.onAny().exceptToken().fail(Fault.stall());

        BackgroundCall<?> ended = interrupted(fake, 2, () -> call.accept(cloud));

        assertThat(ended.failure())
                .isInstanceOfSatisfying(
                        TuyaTransportException.class, e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE))
                .hasMessageContaining("the thread was interrupted");
        assertThat(ended.endedInterrupted()).isTrue();
        assertThat(requests()).hasSize(1);
    }

    @Test
    void interrupt_whileAwaitingTheToken_wasNotSent() throws Exception {
        fake.onToken().fail(Fault.stall());

        BackgroundCall<?> ended = interrupted(fake, 1, () -> cloud.sendCommand(PLUG, ON));

        assertThat(ended.failure()).isInstanceOf(TuyaTransportException.class);
        assertThat(ended.endedInterrupted()).isTrue();
        assertThat(requests()).isEmpty();
    }

    @Test
    void interrupt_beforeTheCall_sendsNothing() throws Exception {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .satisfies(e -> {
                    assertThat(e.sent()).isEqualTo(Sent.NO);
                    assertThat(e.attempts()).isZero();
                });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void interrupt_duringTheWaitForARetry_endsTheCall() {
        use(sleeper(client(), wait -> {
            throw new InterruptedException();
        }));
        fake.onAny().exceptToken().fail(Fault.http(503));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageContaining("the thread was interrupted")
                .satisfies(e -> {
                    assertThat(e.sent()).isEqualTo(Sent.MAYBE);
                    assertThat(e.attempts()).isEqualTo(1);
                    assertThat(e.getSuppressed()).hasSize(1);
                });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(requests()).hasSize(1);
    }

    @Test
    void interrupt_duringTheWaitAfterAHarmlessRefusal_wasNotCarriedOut() {
        use(sleeper(client(), wait -> {
            throw new InterruptedException();
        }));
        fake.onAny().exceptToken().fail(Fault.code(1110, "concurrent request over limit"));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.NO));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(requests()).hasSize(1);
    }

    @Test
    void interrupt_whileRateLimited_wasNotSent() {
        cloud.getStatus(PLUG);
        use(sleeper(client().requestsPerSecond(1), wait -> {
            throw new InterruptedException();
        }));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.NO));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(fake.commands(PLUG)).isEmpty();
    }

    @Test
    void interrupt_overTls_endsImmediatelyWithTheFlagSet() throws Exception {
        LoopbackTls tls = new LoopbackTls();
        OkHttpClient own = tls.trustedBy(new OkHttpClient.Builder()).build();
        try (FakeTuyaCloud secure =
                        FakeTuyaCloud.builder().clock(time).tls(tls.sockets()).start();
                TuyaCloud client =
                        client().endpoint(secure.endpoint()).httpClient(own).build()) {
            assertThat(client.getStatus(PLUG).dataPoints()).isNotEmpty();
            secure.onAny().fail(Fault.stall());

            BackgroundCall<?> ended = interrupted(secure, 3, () -> client.sendCommand(PLUG, ON));

            assertThat(ended.failure())
                    .isInstanceOfSatisfying(TuyaTransportException.class, e -> assertThat(e.sent())
                            .isEqualTo(Sent.MAYBE))
                    .hasMessageContaining("the thread was interrupted");
            assertThat(ended.endedInterrupted()).isTrue();
        }
    }

    @Test
    void interrupt_ofTheTokenFetcher_letsAWaiterTakeOver() throws Exception {
        fake.onToken().fail(Fault.stall()).times(1);
        BackgroundCall<?> fetcher = BackgroundCall.start(() -> cloud.getStatus(PLUG));
        assertThat(fake.awaitRequestCount(1, Duration.ofSeconds(20))).isTrue();
        BackgroundCall<?> waiter =
                BackgroundCall.start(() -> cloud.getStatus(PLUG)).awaitBlocked();

        fetcher.interrupt();

        assertThat(fetcher.failure()).isInstanceOf(TuyaTransportException.class);
        assertThat(waiter.result()).isNotNull();
        assertThat(fake.tokenRequests()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void close_whileAwaitingTheResponse_endsTheCall(Consumer<TuyaCloud> call) throws Exception {
        fake.onAny().exceptToken().fail(Fault.stall());
        BackgroundCall<?> caller = BackgroundCall.start(() -> call.accept(cloud));
        assertThat(fake.awaitRequestCount(2, Duration.ofSeconds(20))).isTrue();

        cloud.close();

        assertThat(caller.failure()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void close_duringACommand_saysThatItMayHaveBeenCarriedOut() throws Exception {
        fake.onAny().exceptToken().fail(Fault.stall());
        BackgroundCall<?> caller = BackgroundCall.start(() -> cloud.sendCommand(PLUG, ON));
        assertThat(fake.awaitRequestCount(2, Duration.ofSeconds(20))).isTrue();

        cloud.close();

        assertThat(caller.failure())
                .isInstanceOfSatisfying(
                        TuyaTransportException.class, e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE))
                .hasMessageContaining("the client was closed during the call")
                .hasMessageContaining("may have been carried out");
    }

    static Stream<Arguments> waits() {
        Fault later = Fault.http(503).header("Retry-After", "60");
        return Stream.of(
                Arguments.of("retry", later, 1e9, (Consumer<TuyaCloud>) cloud -> cloud.getStatus(PLUG)),
                Arguments.of("turn", later, 0.01, (Consumer<TuyaCloud>) cloud -> cloud.getStatus(PLUG)),
                Arguments.of("retry of a list", later, 1e9, (Consumer<TuyaCloud>) TuyaCloud::getDevices),
                Arguments.of("retry of a log", later, 1e9, (Consumer<TuyaCloud>) cloud -> cloud.getDeviceLog(
                        PLUG, DeviceLogQuery.builder().parallel(4).build())),
                Arguments.of("retry of a token", null, 1e9, (Consumer<TuyaCloud>) cloud -> cloud.getStatus(PLUG)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waits")
    void close_duringAnyWait_endsTheCall(String name, @Nullable Fault fault, double rate, Consumer<TuyaCloud> call)
            throws Exception {
        if (fault == null) {
            fake.onToken().fail(Fault.http(503).header("Retry-After", "60"));
        } else {
            fake.onAny().exceptToken().fail(fault);
        }
        TuyaCloud waiting = Clients.of(fake)
                .clock(time)
                .requestsPerSecond(rate)
                .callTimeout(Duration.ofMinutes(30))
                .build();
        BackgroundCall<?> caller = BackgroundCall.start(() -> call.accept(waiting));
        assertThat(fake.awaitRequestCount(rate < 1 || fault == null ? 1 : 2, Duration.ofSeconds(20)))
                .isTrue();
        caller.awaitBlocked();

        waiting.close();

        assertThat(caller.failure()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThat(caller.endedInterrupted()).isFalse();
    }

    /** Starts a call, and interrupts it when a number of requests has arrived. */
    private static BackgroundCall<?> interrupted(FakeTuyaCloud server, long requests, Runnable call)
            throws InterruptedException {
        BackgroundCall<?> caller = BackgroundCall.start(call);
        assertThat(server.awaitRequestCount(requests, Duration.ofSeconds(20))).isTrue();
        caller.interrupt();
        return caller;
    }
}
