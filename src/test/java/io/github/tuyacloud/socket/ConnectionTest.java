package io.github.tuyacloud.socket;

import static io.github.tuyacloud.socket.SubscriptionFixture.SOON;
import static io.github.tuyacloud.socket.SubscriptionFixture.connected;
import static io.github.tuyacloud.socket.SubscriptionFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.messages.FailureVerdict;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageErrorListener;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionState;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.LoopbackTls;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks how a subscription connects, stays connected and ends. */
@Timeout(60)
class ConnectionTest {

    @Test
    void connection_lostWhileAMessageIsHandled_acknowledgesItOnTheNextOne() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (SubscriptionFixture fixture = new SubscriptionFixture();
                MessageSubscription subscription =
                        connected(fixture.subscription().handler(message -> {
                            fixture.handled.add(message);
                            release.await();
                        }))) {
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);
            fixture.next();
            fixture.fake.messages().dropConnections();
            assertThat(fixture.fake.messages().awaitDelivered(2, SOON)).isTrue();
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", false);
            SubscriptionFixture.awaitReceived(subscription, 3);
            release.countDown();

            assertThat(SubscriptionFixture.value(fixture.next())).isEqualTo(false);
            fixture.awaitAcknowledged(2);
            assertThat(fixture.handled).isEmpty();
            assertThat(subscription.counters().reconnects()).isEqualTo(1);
        }
    }

    @Test
    void connection_lostRepeatedly_losesNothingAndKeepsTheOrderOfFirstDeliveries() throws Exception {
        try (SubscriptionFixture fixture = new SubscriptionFixture();
                MessageSubscription subscription =
                        connected(fixture.subscription().receiverQueueSize(20))) {
            for (int i = 0; i < 1000; i++) {
                fixture.fake.messages().push(DemoWorld.PLUG, "countdown_1", i);
                if (i % 100 == 50) {
                    fixture.fake.messages().dropConnections();
                }
            }

            fixture.awaitAcknowledged(1000);
            assertThat(fixture.handled.stream().map(SubscriptionFixture::value).distinct())
                    .hasSize(1000)
                    .isSortedAccordingTo((a, b) -> Long.compare((Long) a, (Long) b));
            assertThat(subscription.counters().reconnects()).isPositive();
        }
    }

    @Test
    void credentials_wrong_endTheSubscriptionWithAClearError() throws Exception {
        FakeTuyaCloud fake = FakeTuyaCloud.start();
        String secret = "ffffffffffffffffffffffffffffffff";
        BlockingQueue<TuyaException> ended = new LinkedBlockingQueue<>();
        try (SubscriptionFixture fixture = new SubscriptionFixture(fake, secret)) {
            MessageSubscription subscription =
                    fixture.subscription().errorListener(listener(ended)).start();

            assertThatThrownBy(subscription::await)
                    .isInstanceOf(TuyaAuthException.class)
                    .hasMessageContaining("HTTP 401")
                    .hasMessageContaining("access secret")
                    .hasMessageNotContaining(secret)
                    .hasMessageNotContaining(new MessageCredentials(fake.apiKey(), secret).password());
            assertThatThrownBy(() -> subscription.awaitConnected(SOON)).isInstanceOf(TuyaAuthException.class);
            assertThatThrownBy(() -> subscription.await(SOON)).isInstanceOf(TuyaAuthException.class);
            assertThat(subscription.state()).isEqualTo(SubscriptionState.FAILED);
            assertThat(ended.poll(10, TimeUnit.SECONDS)).isSameAs(subscription.failure());
            assertThat(fake.messages().handshakes()).isEqualTo(1);
            subscription.close();
            assertThat(subscription.state()).isEqualTo(SubscriptionState.FAILED);
        }
    }

    @Test
    void await_withTimeout_returnsWhetherTheSubscriptionEnded() throws Exception {
        try (SubscriptionFixture fixture = new SubscriptionFixture()) {
            MessageSubscription subscription = connected(fixture.subscription());
            assertThat(subscription.await(Duration.ofMillis(1))).isFalse();
            assertThat(subscription.state()).isEqualTo(SubscriptionState.CONNECTED);

            subscription.close();

            assertThat(subscription.await(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        }
    }

    @Test
    void credentials_refusedBriefly_areRetried() throws Exception {
        try (SubscriptionFixture fixture = new SubscriptionFixture();
                MessageSubscription subscription = connected(fixture.subscription())) {
            fixture.fake.messages().refuseConnections(403, 4);
            fixture.fake.messages().dropConnections();

            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);
            fixture.next();
            fixture.fake.messages().refuseConnections(401, 1000);
            fixture.fake.messages().dropConnections();
            assertThatThrownBy(subscription::await).isInstanceOf(TuyaAuthException.class);
            assertThat(fixture.fake.messages().handshakes()).isEqualTo(1 + 5 + 5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 409, 429, 500, 503})
    void handshake_failing_isRetriedWithGrowingDelays(int status) throws Exception {
        try (SubscriptionFixture fixture = new SubscriptionFixture()) {
            fixture.fake.messages().refuseConnections(status, 7);
            try (MessageSubscription subscription = connected(fixture.subscription())) {

                assertThat(fixture.waits)
                        .extracting(Duration::toSeconds)
                        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
                assertThat(subscription.counters().reconnects()).isZero();
                fixture.waits.clear();
                fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);
                fixture.next();
                fixture.fake.messages().dropConnections();
                fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", false);
                fixture.awaitAcknowledged(2);
                assertThat(fixture.waits).extracting(Duration::toSeconds).containsExactly(1L);
            }
        }
    }

    @Test
    void delay_withJitter_isShortenedByUpToHalf() {
        ReconnectDelay delay = new ReconnectDelay(() -> 0.5);

        assertThat(delay.next()).isEqualTo(Duration.ofMillis(750));
        assertThat(delay.next()).isEqualTo(Duration.ofMillis(1500));
        delay.reset();
        assertThat(delay.next()).isEqualTo(Duration.ofMillis(750));
    }

    @Test
    void connection_silent_isDetectedByPings() throws Exception {
        try (SubscriptionFixture fixture = new SubscriptionFixture();
                HostileServer silent = HostileServer.silent();
                Subscriptions sockets = new Subscriptions(
                        fixture.fake.apiKey(),
                        fixture.fake.apiSecret(),
                        () -> MessageHosts.of(Region.EU),
                        new OkHttpTransport(null),
                        SubscriptionFixture.time(wait -> {}, Duration.ofMillis(100)))) {
            MessageSubscription subscription = new NewSubscription(sockets, message -> {})
                    .endpoint("ws://127.0.0.1:" + silent.port())
                    .start();

            assertThat(silent.awaitHandshakes(3)).isTrue();
            assertThat(subscription.counters().reconnects()).isPositive();
        }
    }

    @Test
    void close_whileAMessageIsHandled_finishesItAndReturnsTheRest() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (SubscriptionFixture fixture = new SubscriptionFixture()) {
            MessageSubscription subscription = connected(fixture.subscription().handler(message -> {
                fixture.handled.add(message);
                inside.countDown();
                release.await();
            }));
            for (int i = 0; i < 20; i++) {
                fixture.fake.messages().push("bf" + i, "count", i);
            }
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            Thread closer = new Thread(subscription::close);
            closer.start();
            awaitState(subscription, SubscriptionState.CLOSING);
            release.countDown();
            closer.join(10_000);

            assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSED);
            assertThat(fixture.handled).hasSize(1);
            assertThat(fixture.fake.messages().awaitConnections(0, SOON)).isTrue();
            assertThat(fixture.fake.messages().acknowledged()).isEqualTo(1);
            assertThat(fixture.fake.messages().unacknowledged()).isEqualTo(19);
            subscription.await();
            assertThat(subscription.await(Duration.ZERO)).isTrue();
            assertThat(subscription.awaitConnected(SOON)).isFalse();
        }
    }

    @Test
    void close_handlerDoesNotReturn_waitsAtMostForTheCloseTimeout() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (SubscriptionFixture fixture = new SubscriptionFixture()) {
            MessageSubscription subscription = connected(
                    fixture.subscription().closeTimeout(Duration.ofMillis(100)).handler(message -> {
                        inside.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } finally {
                            interrupted.countDown();
                        }
                    }));
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

            subscription.close();

            assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSED);
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(fixture.fake.messages().acknowledged()).isZero();
            assertThat(fixture.fake.messages().unacknowledged()).isEqualTo(1);
        }
    }

    @Test
    void close_calledByTheHandler_acknowledgesItsMessage() throws Exception {
        AtomicReference<MessageSubscription> self = new AtomicReference<>();
        try (SubscriptionFixture fixture = new SubscriptionFixture()) {
            MessageSubscription subscription = connected(
                    fixture.subscription().handler(message -> self.get().close()));
            self.set(subscription);
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);

            subscription.await();
            fixture.awaitAcknowledged(1);
            assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSED);
        }
    }

    @Test
    void close_ofAllSubscriptions_endsTheirThreads() throws Exception {
        try (SubscriptionFixture fixture = new SubscriptionFixture()) {
            MessageSubscription subscription = connected(fixture.subscription());
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);
            fixture.next();
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("tuya-messages")))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);

            fixture.sockets.close();

            assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSED);
            assertThatThrownBy(() -> fixture.subscription().start()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void close_whileConnecting_returnsImmediately() throws Exception {
        AtomicBoolean slept = new AtomicBoolean();
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                Subscriptions sockets = new Subscriptions(
                        fake.apiKey(),
                        fake.apiSecret(),
                        () -> MessageHosts.of(Region.EU),
                        new OkHttpTransport(null),
                        SubscriptionFixture.time(
                                wait -> {
                                    slept.set(true);
                                    new CountDownLatch(1).await();
                                },
                                SubscriptionFixture.PING))) {
            fake.messages().refuseConnections(503, 1);
            MessageSubscription subscription = new NewSubscription(sockets, message -> {})
                    .endpoint(fake.messages().endpoint())
                    .start();
            subscription.close();

            assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSED);
        }
    }

    @Test
    void tls_certificateUnknown_isNotTrusted() throws Exception {
        LoopbackTls tls = new LoopbackTls();
        FakeTuyaCloud fake = FakeTuyaCloud.builder().tls(tls.sockets()).start();
        try (SubscriptionFixture fixture = new SubscriptionFixture(fake);
                Subscriptions sockets = new Subscriptions(
                        fake.apiKey(),
                        fake.apiSecret(),
                        () -> MessageHosts.of(Region.EU),
                        new OkHttpTransport(
                                tls.trustedBy(new OkHttpClient.Builder()).build()),
                        SubscriptionFixture.time(wait -> {}, SubscriptionFixture.PING))) {
            MessageSubscription suspicious = fixture.subscription().start();
            MessageSubscription content = connected(new NewSubscription(sockets, fixture.handled::add)
                    .endpoint(fake.messages().endpoint()));
            fake.messages().push(DemoWorld.PLUG, "switch_1", true);

            assertThat(value(fixture.next())).isEqualTo(true);
            assertThat(content.state()).isEqualTo(SubscriptionState.CONNECTED);
            assertThat(suspicious.state()).isEqualTo(SubscriptionState.CONNECTING);
            assertThat(suspicious.counters().received()).isZero();
        }
    }

    private static MessageErrorListener listener(BlockingQueue<TuyaException> ended) {
        return new MessageErrorListener() {
            @Override
            public FailureVerdict handlerFailed(LiveMessage message, Throwable failure) {
                return FailureVerdict.RETRY;
            }

            @Override
            public void ended(TuyaException failure) {
                ended.add(failure);
            }
        };
    }

    private static void awaitState(MessageSubscription subscription, SubscriptionState wanted) {
        Await.until(() -> subscription.state() == wanted, wanted::name);
    }
}
