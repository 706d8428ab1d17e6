package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.LoopbackTls;
import io.github.tuyacloud.support.Seed;
import io.github.tuyacloud.support.UnconnectedSockets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that requests that were never sent count neither in the usage nor against the budget. */
class OutageTest extends FakeCloudTest {

    private static final int BUDGET = 10;

    private final AtomicBoolean down = new AtomicBoolean(true);

    /** Reasons why a request is not sent. */
    private enum Outage {
        HOST_NAME_NOT_FOUND(new UnknownHostException("openapi.example.com")),
        CONNECTION_REFUSED(new ConnectException("Connection refused")),
        CONNECT_TIMEOUT(new SocketTimeoutException("connect timed out")),
        BROKEN_INTERCEPTOR(new IllegalStateException("no tracer")),
        INTERCEPTOR_WITH_AN_ERROR(new StackOverflowError()),
        OFFLINE_INTERCEPTOR(new IOException("this machine is offline"));

        private final Throwable reason;

        Outage(Throwable reason) {
            this.reason = reason;
        }

        void strikeLookup() throws UnknownHostException {
            if (reason instanceof UnknownHostException e) {
                throw e;
            }
        }

        void strikeConnection() throws IOException {
            if (reason instanceof ConnectException || reason instanceof SocketTimeoutException) {
                throw (IOException) reason;
            }
        }

        void strikeInterceptor() throws IOException {
            if (this == OFFLINE_INTERCEPTOR) {
                throw (IOException) reason;
            }
            if (reason instanceof RuntimeException e) {
                throw e;
            }
            if (reason instanceof Error e) {
                throw e;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void call_duringAnOutage_doesNotUseTheBudget(Outage outage) {
        use(client().monthlyBudget(BUDGET)
                .endpoint("http://localhost:" + fake.port())
                .httpClient(failingWith(outage)));
        for (int i = 0; i < 3 * BUDGET; i++) {
            assertThatThrownBy(() -> cloud.getStatus(DemoWorld.PLUG)).isNotInstanceOf(TuyaQuotaException.class);
        }
        assertThat(cloud.usage().total()).isZero();
        assertThat(cloud.usage().byEndpoint()).isEmpty();

        down.set(false);
        for (int i = 1; i < BUDGET; i++) {
            cloud.getStatus(DemoWorld.PLUG);
        }

        assertThat(fake.requestCount()).isEqualTo(BUDGET);
        assertThat(cloud.usage().total()).isEqualTo(BUDGET);
        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG));
    }

    /** The certificate is not trusted. */
    @Test
    void call_tlsHandshakeFails_doesNotUseTheBudget() {
        try (FakeTuyaCloud secure =
                FakeTuyaCloud.builder().tls(new LoopbackTls().sockets()).start()) {
            use(client().monthlyBudget(BUDGET).endpoint(secure.endpoint()));

            for (int i = 0; i < 2 * BUDGET; i++) {
                assertThatExceptionOfType(TuyaTransportException.class)
                        .isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG))
                        .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.NO));
            }

            assertThat(cloud.usage().total()).isZero();
            assertThat(secure.requestCount()).isZero();
        }
    }

    @Test
    void call_responseLost_usesTheBudget() {
        use(client().monthlyBudget(4).retryPolicy(RetryPolicy.none()));
        cloud.getStatus(DemoWorld.PLUG);
        fake.onAny().exceptToken().fail(Fault.loseResponse());

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(DemoWorld.PLUG, Command.of("switch_1", true)))
                .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE));

        assertThat(cloud.usage().total()).isEqualTo(3);
        assertThat(fake.requestCount()).isEqualTo(3);
    }

    @Test
    void view_duringAnOutage_doesNotUseTheBudgetOfItsClient() {
        use(client().monthlyBudget(BUDGET).httpClient(failingWith(Outage.CONNECTION_REFUSED)));
        TuyaCloud view = cloud.withRetries(RetryPolicy.none());

        for (int i = 0; i < 2 * BUDGET; i++) {
            assertThatExceptionOfType(TuyaTransportException.class).isThrownBy(() -> view.getStatus(DemoWorld.PLUG));
        }

        assertThat(cloud.usage().total()).isZero();
        assertThat(view.usage().total()).isZero();
    }

    @Test
    @Timeout(60)
    void call_manyThreadsOnABadNetwork_sendExactlyTheBudget() throws Exception {
        long seed = Seed.of("the failures");
        Random random = new Random(seed);
        int budget = 200;
        use(client().monthlyBudget(budget)
                .retryPolicy(RetryPolicy.none())
                .httpClient(withoutKeptConnections(UnconnectedSockets.connectingAfter(() -> {
                    if (isUnlucky(random)) {
                        throw new ConnectException("Connection refused");
                    }
                }))));
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(threads.submit(this::callUntilTheBudgetIsUsedUp));
            }
            for (Future<?> one : all) {
                one.get(50, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(fake.requestCount()).as("seed %d", seed).isEqualTo(budget);
        assertThat(cloud.usage().total()).as("seed %d", seed).isEqualTo(budget);
    }

    @Test
    void monthlyBudget_clockSetBackAMonth_isNotRestored() {
        use(client().monthlyBudget(2));
        cloud.getStatus(DemoWorld.PLUG);

        time.setClock(Instant.parse("2024-02-20T00:00:00Z"));

        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG));
        assertThat(cloud.usage().total()).isEqualTo(2);
        assertThat(fake.requestCount()).isEqualTo(2);
    }

    private static synchronized boolean isUnlucky(Random random) {
        return random.nextBoolean();
    }

    private void callUntilTheBudgetIsUsedUp() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                cloud.getStatus(DemoWorld.PLUG);
            } catch (TuyaQuotaException e) {
                if (!e.retryable()) {
                    return;
                }
            } catch (TuyaException e) {
                // caused by the bad network
            }
        }
    }

    private OkHttpClient failingWith(Outage outage) {
        return withoutKeptConnections(UnconnectedSockets.connectingAfter(() -> {
                    if (down.get()) {
                        outage.strikeConnection();
                    }
                }))
                .newBuilder()
                .dns(host -> {
                    if (down.get()) {
                        outage.strikeLookup();
                    }
                    return List.of(InetAddress.getLoopbackAddress());
                })
                .addInterceptor(chain -> {
                    if (down.get()) {
                        outage.strikeInterceptor();
                    }
                    return chain.proceed(chain.request());
                })
                .build();
    }

    private static OkHttpClient withoutKeptConnections(SocketFactory sockets) {
        return new OkHttpClient.Builder()
                .socketFactory(sockets)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
    }
}
