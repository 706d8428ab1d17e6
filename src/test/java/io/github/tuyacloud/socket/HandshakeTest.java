package io.github.tuyacloud.socket;

import static io.github.tuyacloud.socket.SubscriptionFixture.SOON;
import static io.github.tuyacloud.socket.SubscriptionFixture.connected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.messages.ConnectionListener;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionState;
import io.github.tuyacloud.messages.SubscriptionType;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.CapturedLog;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks refused handshakes: the reported reason, and which host is tried next. */
@Timeout(60)
class HandshakeTest {

    private static final String KNOWN_HOST = "mqe-weaz.tuyaeu.com";
    private static final String OTHER_HOST = "mqe.tuyaeu.com";

    private final SubscriptionFixture.Settings settings = new SubscriptionFixture.Settings();
    private final Queue<String> hosts = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        settings.fake.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|environment or subscription|suffix",
                "404|environment or subscription|suffix",
                "409|in use by another program|same type",
                "429|refuses the handshake|",
                "503|not available|"
            })
    void handshake_refused_reportsTheReasonUntilConnected(int status, String reason, String hint) throws Exception {
        try (CapturedLog log = new CapturedLog();
                SubscriptionFixture fixture = new SubscriptionFixture(settings)) {
            settings.fake.messages().refuseConnections(status, 1);
            try (MessageSubscription subscription = connected(fixture.subscription())) {
                assertThat(subscription.lastRefusal()).isNull();
                assertThat(subscription.failure()).isNull();
                assertThat(log.lines("reconnecting in"))
                        .singleElement()
                        .asString()
                        .contains("HTTP " + status, reason, hint == null ? "" : hint)
                        .doesNotContain(settings.fake.apiKey());
            }
        }
    }

    @Test
    void awaitConnected_whileHandshakesAreRefused_throwsTheReason() throws Exception {
        try (SubscriptionFixture fixture = new SubscriptionFixture(settings)) {
            settings.fake.messages().refuseConnections(409, 5000);
            MessageSubscription subscription = fixture.subscription().start();

            assertThatThrownBy(() -> subscription.awaitConnected(Duration.ofMillis(300)))
                    .isInstanceOf(TuyaApiException.class)
                    .isNotInstanceOf(TuyaAuthException.class)
                    .hasMessageContaining("HTTP 409")
                    .hasMessageContaining("another program, exclusively or with another subscription type");
            assertThat(subscription.state()).isEqualTo(SubscriptionState.CONNECTING);
            assertThat(subscription.lastRefusal()).isNotNull();
            assertThat(subscription.failure()).isNull();
            assertThat(subscription.lastHeard()).isNull();
            subscription.close();
            assertThat(subscription.awaitConnected(SOON)).isFalse();
        }
    }

    @Test
    void conflict_afterALoss_isExplainedByOurOwnOldConnection() throws Exception {
        AtomicReference<TuyaException> refusal = new AtomicReference<>();
        AtomicReference<MessageSubscription> self = new AtomicReference<>();
        settings.sleeper(wait -> {
            TuyaException last = self.get().lastRefusal();
            if (last != null) {
                refusal.set(last);
            }
        });
        try (SubscriptionFixture fixture = new SubscriptionFixture(settings);
                MessageSubscription subscription =
                        connected(fixture.subscription().subscriptionType(SubscriptionType.EXCLUSIVE))) {
            self.set(subscription);
            settings.fake.messages().refuseConnections(409, 8);
            settings.fake.messages().dropConnections();

            Await.until(() -> subscription.counters().reconnects() == 1, "a reconnect");
            assertThat(refusal.get())
                    .hasMessageContaining(
                            "most likely by this program's lost connection, otherwise by another program");
            assertThat(refusal.get().httpStatus()).isEqualTo(409);
            assertThat(refusal.get().attempts()).isEqualTo(9);
            assertThat(subscription.lastRefusal()).isNull();
        }
    }

    @Test
    void connection_refused_isReportedInPlainWords() throws Exception {
        try (SubscriptionFixture fixture = new SubscriptionFixture(settings)) {
            MessageSubscription subscription =
                    fixture.subscription().endpoint("ws://127.0.0.1:1").start();

            assertThatThrownBy(() -> subscription.awaitConnected(Duration.ofMillis(300)))
                    .isInstanceOf(TuyaTransportException.class)
                    .hasMessageContaining("127.0.0.1: connection refused")
                    .hasMessageContaining("Check the network");
        }
    }

    static Stream<IOException> failures() {
        return Stream.of(
                new UnknownHostException("mqe"),
                new ConnectException("refused"),
                new SocketTimeoutException("timeout"),
                new SSLHandshakeException("no trust"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void host_unreachable_isFollowedByTheOtherImmediately(IOException failure) throws Exception {
        settings.region(Region.EU_WEST, client((host, times) -> {
            if (host.equals(KNOWN_HOST)) {
                throw failure;
            }
        }));
        try (CapturedLog log = new CapturedLog();
                SubscriptionFixture fixture = new SubscriptionFixture(settings);
                MessageSubscription subscription = connected(new NewSubscription(fixture.sockets, message -> {}))) {
            assertThat(hosts).containsExactly(KNOWN_HOST, OTHER_HOST);
            assertThat(fixture.waits).isEmpty();
            assertThat(log.lines("trying wss://" + OTHER_HOST + ":8285 instead"))
                    .hasSize(1);

            settings.fake.messages().dropConnections();
            Await.until(() -> subscription.counters().reconnects() == 1, "a reconnect");
            assertThat(hosts).containsExactly(KNOWN_HOST, OTHER_HOST, OTHER_HOST);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void host_refusing_isFollowedByTheOther(int status) throws Exception {
        settings.region(Region.EU_WEST, client((host, times) -> {}));
        settings.fake.messages().refuseConnections(status, 1);
        try (SubscriptionFixture fixture = new SubscriptionFixture(settings);
                MessageSubscription subscription = connected(new NewSubscription(fixture.sockets, message -> {}))) {
            assertThat(hosts).containsExactly(KNOWN_HOST, OTHER_HOST);
            assertThat(subscription.state()).isEqualTo(SubscriptionState.CONNECTED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 503})
    void host_refusingTemporarily_isRetried(int status) throws Exception {
        settings.region(Region.EU_WEST, client((host, times) -> {}));
        settings.fake.messages().refuseConnections(status, 2);
        try (SubscriptionFixture fixture = new SubscriptionFixture(settings);
                MessageSubscription subscription = connected(new NewSubscription(fixture.sockets, message -> {}))) {
            assertThat(hosts).containsExactly(KNOWN_HOST, KNOWN_HOST, KNOWN_HOST);
            assertThat(fixture.waits).hasSize(2);
            assertThat(subscription.state()).isEqualTo(SubscriptionState.CONNECTED);
        }
    }

    @Test
    void credentials_refusedByBothHosts_endTheSubscription() throws Exception {
        settings.region(Region.EU_WEST, client((host, times) -> {}));
        settings.fake.messages().refuseConnections(401, 100);
        try (SubscriptionFixture fixture = new SubscriptionFixture(settings)) {
            MessageSubscription subscription = new NewSubscription(fixture.sockets, message -> {}).start();

            assertThatThrownBy(subscription::await).isInstanceOf(TuyaAuthException.class);
            assertThat(hosts).containsExactly(KNOWN_HOST, OTHER_HOST);
        }
    }

    @Test
    void credentials_refusedByOneHostOtherUnreachable_areRetried() throws Exception {
        settings.region(Region.EU_WEST, client((host, times) -> {
            if (host.equals(KNOWN_HOST) && times < 3) {
                throw new UnknownHostException(host);
            }
        }));
        settings.fake.messages().refuseConnections(401, 2);
        try (SubscriptionFixture fixture = new SubscriptionFixture(settings);
                MessageSubscription subscription = connected(new NewSubscription(fixture.sockets, message -> {}))) {
            assertThat(hosts).containsExactly(KNOWN_HOST, OTHER_HOST, KNOWN_HOST, OTHER_HOST, KNOWN_HOST);
            assertThat(fixture.waits).hasSize(2);
            assertThat(subscription.state()).isEqualTo(SubscriptionState.CONNECTED);
        }
    }

    @Test
    void hosts_eachRegion_areTheDocumentedOnes() {
        assertThat(MessageHosts.of(Region.CN)).containsExactly("wss://mqe.tuyacn.com:8285");
        assertThat(MessageHosts.of(Region.US)).containsExactly("wss://mqe.tuyaus.com:8285");
        assertThat(MessageHosts.of(Region.US_EAST))
                .containsExactly("wss://mqe-ueaz.tuyaus.com:8285", "wss://mqe.tuyaus.com:8285");
        assertThat(MessageHosts.of(Region.EU)).containsExactly("wss://mqe.tuyaeu.com:8285");
        assertThat(MessageHosts.of(Region.EU_WEST))
                .containsExactly("wss://mqe-weaz.tuyaeu.com:8285", "wss://mqe.tuyaeu.com:8285");
        assertThat(MessageHosts.of(Region.IN)).containsExactly("wss://mqe.tuyain.com:8285");
        assertThat(MessageHosts.of(Region.SG))
                .containsExactly("wss://mqe-sg.iotbing.com:8285", "wss://mqe.tuyasg.com:8285");
    }

    @Test
    void hosts_endpointOnThisMachine_areThatEndpoint() {
        assertThat(MessageHosts.of(Region.EU, "http://127.0.0.1:4711")).containsExactly("ws://127.0.0.1:4711");
        assertThat(MessageHosts.of(Region.EU, "https://localhost")).containsExactly("wss://localhost");
        assertThat(MessageHosts.of(Region.EU, "https://[::1]:4711")).containsExactly("wss://[::1]:4711");
        assertThat(MessageHosts.of(Region.EU, "https://proxy.example.com")).isEqualTo(MessageHosts.of(Region.EU));
        assertThat(MessageHosts.of(Region.EU, null)).isEqualTo(MessageHosts.of(Region.EU));
    }

    @Test
    void subscription_withoutMessages_explainsTheConsoleSettingOnce() throws Exception {
        settings.quietLimit(Duration.ofMillis(200));
        try (CapturedLog log = new CapturedLog();
                SubscriptionFixture fixture = new SubscriptionFixture(settings);
                MessageSubscription subscription = connected(fixture.subscription())) {
            Await.until(() -> !log.lines("messaging rule").isEmpty(), "a warning");
            settings.fake.messages().dropConnections();
            Await.until(() -> subscription.counters().reconnects() == 1, "a reconnect");
            assertThat(subscription.await(Duration.ofMillis(500))).isFalse();
            assertThat(log.lines("messaging rule")).hasSize(1);
        }
    }

    @Test
    void subscription_withMessages_logsNoAdvice() throws Exception {
        settings.quietLimit(Duration.ofMillis(500));
        try (CapturedLog log = new CapturedLog();
                SubscriptionFixture fixture = new SubscriptionFixture(settings);
                MessageSubscription subscription = connected(fixture.subscription())) {
            settings.fake.messages().push(DemoWorld.PLUG, "switch_1", true);
            fixture.next();

            assertThat(subscription.await(Duration.ofMillis(1000))).isFalse();
            assertThat(log.lines("messaging rule")).isEmpty();
        }
    }

    @Test
    void connectionListener_afterALoss_receivesTheDurationOfSilence() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        settings.clock(new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        });
        Queue<String> events = new ConcurrentLinkedQueue<>();
        try (SubscriptionFixture fixture = new SubscriptionFixture(settings);
                MessageSubscription subscription =
                        connected(fixture.subscription().connectionListener(new ConnectionListener() {
                            @Override
                            public void connected(Duration silence) {
                                events.add("connected after " + silence.toMinutes());
                                throw new IllegalStateException("a listener that throws");
                            }

                            @Override
                            public void lost() {
                                events.add("lost");
                            }
                        }))) {
            settings.fake.messages().push(DemoWorld.PLUG, "switch_1", true);
            fixture.next();
            assertThat(subscription.lastHeard()).isEqualTo("2026-01-01T00:00:00Z");
            now.set(now.get().plus(Duration.ofMinutes(115)));
            settings.fake.messages().dropConnections();

            Await.until(() -> events.size() == 3, "a reconnect that the listener knows of");
            assertThat(events).containsExactly("connected after 0", "lost", "connected after 115");
            assertThat(subscription.counters().reconnects()).isEqualTo(1);
            settings.fake.messages().push(DemoWorld.PLUG, "switch_1", false);
            fixture.next();
            assertThat(subscription.lastHeard()).isEqualTo("2026-01-01T01:55:00Z");
        }
        assertThat(events).hasSize(3);
    }

    @Test
    void lastHeard_quietConnection_followsItsPongs() throws Exception {
        try (SubscriptionFixture fixture = new SubscriptionFixture(settings);
                Subscriptions pinging = new Subscriptions(
                        settings.fake.apiKey(),
                        settings.fake.apiSecret(),
                        () -> MessageHosts.of(Region.EU),
                        new OkHttpTransport(null),
                        SubscriptionFixture.time(wait -> {}, Duration.ofMillis(50)))) {
            MessageSubscription subscription = connected(new NewSubscription(pinging, message -> {})
                    .endpoint(settings.fake.messages().endpoint()));
            Instant first = subscription.lastHeard();

            Await.until(() -> subscription.lastHeard().isAfter(first.plusMillis(100)), "pongs");
            assertThat(subscription.counters().received()).isZero();
            assertThat(fixture.handled).isEmpty();
        }
    }

    /** Called before a request leaves; may fail it. */
    private interface Network {

        void reach(String host, int times) throws IOException;
    }

    /** Creates a client that records the requested host and connects to the fake cloud. */
    private OkHttpClient client(Network network) {
        HttpUrl fake = HttpUrl.get("http" + settings.fake.messages().endpoint().substring("ws".length()));
        return new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    HttpUrl url = chain.request().url();
                    hosts.add(url.host());
                    network.reach(url.host(), (int) List.copyOf(hosts).stream()
                            .filter(url.host()::equals)
                            .count());
                    return chain.proceed(chain.request()
                            .newBuilder()
                            .url(url.newBuilder()
                                    .scheme("http")
                                    .host(fake.host())
                                    .port(fake.port())
                                    .build())
                            .build());
                })
                .build();
    }
}
