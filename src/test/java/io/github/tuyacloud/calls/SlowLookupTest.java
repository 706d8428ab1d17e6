package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.BackgroundCall;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that calls time out, can be interrupted and end with their client even if DNS lookups hang. */
@Timeout(60)
class SlowLookupTest {

    private final FakeTuyaCloud fake = FakeTuyaCloud.start();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch responses = new CountDownLatch(1);
    private final AtomicInteger lookups = new AtomicInteger();
    private final OkHttpClient slow =
            new OkHttpClient.Builder().dns(this::lookUp).build();

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        asked.countDown();
        try {
            responses.await();
        } catch (InterruptedException e) {
            throw new UnknownHostException(host);
        }
        if (host.startsWith("unknown")) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    @AfterEach
    void close() {
        responses.countDown();
        fake.close();
    }

    private TuyaCloudBuilder client() {
        return TuyaCloud.builder()
                .endpoint("http://localhost:" + fake.port())
                .apiKey(fake.apiKey())
                .apiSecret(fake.apiSecret())
                .retryPolicy(RetryPolicy.none())
                .httpClient(slow);
    }

    @Test
    void call_lookupHangs_endsAfterTheCallTimeout() {
        try (TuyaCloud cloud = client().callTimeout(Duration.ofMillis(300)).build()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.sendCommand(DemoWorld.PLUG, Command.of("switch_1", true)))
                    .withMessageContaining("timed out")
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.NO));
        }
    }

    @Test
    void call_interruptedDuringTheLookup_endsWithTheFlagSet() throws Exception {
        try (TuyaCloud cloud = client().build()) {
            BackgroundCall<?> caller = BackgroundCall.start(() -> cloud.getStatus(DemoWorld.PLUG));
            asked.await();

            caller.interrupt();

            assertThat(caller.failure())
                    .isInstanceOf(TuyaTransportException.class)
                    .hasMessageContaining("the thread was interrupted");
            assertThat(caller.endedInterrupted()).isTrue();
        }
    }

    @Test
    void close_duringTheLookup_endsTheCall() throws Exception {
        TuyaCloud cloud = client().build();
        BackgroundCall<?> caller = BackgroundCall.start(() -> cloud.getStatus(DemoWorld.PLUG));
        asked.await();

        cloud.close();

        assertThat(caller.failure()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void call_unknownHost_failsWithAHintAtDns() {
        responses.countDown();
        try (TuyaCloud cloud = client().endpoint("https://unknown.test").build()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG))
                    .withMessageContaining("host name not found")
                    .satisfies(e -> assertThat(e.hint()).contains("DNS"));
        }
    }

    @Test
    void calls_concurrent_shareALookup() throws Exception {
        try (TuyaCloud cloud =
                client().initialToken("3f4eda2bdec17232f67c0b188af3eec1").build()) {
            List<BackgroundCall<?>> calls = List.of(
                    BackgroundCall.start(() -> cloud.getStatus(DemoWorld.PLUG)).awaitBlocked(),
                    BackgroundCall.start(() -> cloud.getStatus(DemoWorld.LAMP)).awaitBlocked());

            responses.countDown();

            assertThat(calls).extracting(BackgroundCall::result).doesNotContainNull();
            assertThat(lookups).hasValue(1);
        }
    }
}
