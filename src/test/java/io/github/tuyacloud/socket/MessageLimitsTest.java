package io.github.tuyacloud.socket;

import static io.github.tuyacloud.socket.HostileServer.CONTINUATION;
import static io.github.tuyacloud.socket.HostileServer.PING;
import static io.github.tuyacloud.socket.HostileServer.TEXT;
import static io.github.tuyacloud.socket.HostileServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.LoopbackTls;
import io.github.tuyacloud.support.UnconnectedSockets;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a message service cannot exhaust the memory with endless messages, compression or floods. */
@Timeout(60)
class MessageLimitsTest {

    private static final byte[] CHUNK = new byte[1 << 16];

    private static final Map<String, HostileServer.Attack> ATTACKS = Map.of(
            "fragments without end",
            (out, connection) -> {
                out.write(header(TEXT, CHUNK.length));
                for (out.write(CHUNK); ; out.write(CHUNK)) {
                    out.write(header(CONTINUATION, CHUNK.length));
                }
            },
            "a frame of 2^62 bytes",
            (out, connection) -> {
                for (out.write(header(TEXT | 0x80, 1L << 62)); ; ) {
                    out.write(CHUNK);
                }
            });

    static Stream<String> attacks() {
        return ATTACKS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void message_withoutEnd_endsTheConnectionWithTheReason(String attack) throws Exception {
        try (HostileServer server = new HostileServer(ATTACKS.get(attack))) {
            assertEnds("ws://127.0.0.1:" + server.port(), null, "sent a message of more than 16777216 bytes");
        }
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void message_withoutEndThroughTlsAndAClientOfTheProgram_endsTheConnection(String attack) throws Exception {
        LoopbackTls tls = new LoopbackTls();
        OkHttpClient client = tls.trustedBy(new OkHttpClient.Builder())
                .socketFactory(new UnconnectedSockets(() -> SocketChannel.open().socket()))
                .build();
        try (HostileServer server = new HostileServer(tls, ATTACKS.get(attack))) {
            assertEnds("wss://127.0.0.1:" + server.port(), client, "sent a message of more than 16777216 bytes");
        }
    }

    @Test
    void pings_withoutEnd_endTheConnection() throws Exception {
        byte[] pings = new byte[1 << 16];
        for (int i = 0; i < pings.length; i += 2) {
            pings[i] = (byte) PING;
        }
        try (HostileServer server = new HostileServer((out, connection) -> {
            while (true) {
                out.write(pings);
            }
        })) {
            assertEnds("ws://127.0.0.1:" + server.port(), null, "sent more than 1000 pings within 10 s");
        }
    }

    @Test
    void messages_moreThanRequested_endTheConnection() throws Exception {
        try (HostileServer server = new HostileServer((out, connection) -> {
            for (int i = 0; ; i++) {
                out.write(HostileServer.text("{\"messageId\":\"" + i + "\",\"payload\":\"\"}"));
            }
        })) {
            assertEnds("ws://127.0.0.1:" + server.port(), null, "sent more than 1200 messages without waiting");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate", "permessage-deflate; server_no_context_takeover", "x-unknown"})
    void handshake_responseWithAnExtension_isRefused(String extension) throws Exception {
        AtomicInteger received = new AtomicInteger();
        try (HostileServer server = new HostileServer((out, connection) -> out.write(HostileServer.text("{}")))
                        .headers("Sec-WebSocket-Extensions: " + extension + "\r\n");
                Subscriptions sockets = sockets(null);
                CapturedLog log = new CapturedLog()) {
            MessageSubscription subscription = new NewSubscription(sockets, message -> received.incrementAndGet())
                    .endpoint("ws://127.0.0.1:" + server.port())
                    .start();
            Await.until(() -> server.requests().size() >= 3, "three attempts");

            assertThat(subscription.lastRefusal())
                    .hasMessageContaining("accepted the handshake with extensions that were not offered")
                    .hasMessageContaining("proxy or gateway");
            assertThat(log.lines("extensions that were not offered")).hasSizeGreaterThanOrEqualTo(2);
            assertThat(subscription.counters().received()).isZero();
            assertThat(server.requests()).noneMatch(head -> head.contains("sec-websocket-extensions"));
        }
    }

    @Test
    void handshake_interceptorOfTheProgram_cannotOfferCompression() throws Exception {
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("Sec-WebSocket-Extensions", "permessage-deflate")
                        .build()))
                .build();
        try (HostileServer server = new HostileServer((out, connection) -> {});
                Subscriptions sockets = sockets(client)) {
            new NewSubscription(sockets, message -> {})
                    .endpoint("ws://127.0.0.1:" + server.port())
                    .start();
            Await.until(() -> !server.requests().isEmpty(), "a handshake");

            assertThat(server.requests()).noneMatch(head -> head.contains("sec-websocket-extensions"));
        }
    }

    private static void assertEnds(String endpoint, @Nullable OkHttpClient client, String reason) throws IOException {
        try (Subscriptions sockets = sockets(client);
                CapturedLog log = new CapturedLog()) {
            MessageSubscription subscription = new NewSubscription(sockets, message -> {
                        throw new IllegalStateException("no message is readable");
                    })
                    .endpoint(endpoint)
                    .start();
            Await.until(() -> log.lines(reason).size() >= 2, "two connections that end");

            assertThat(log.lines(reason)).allMatch(line -> line.contains("The message socket was lost"));
            assertThat(subscription.counters().reconnects()).isPositive();
        }
    }

    private static Subscriptions sockets(@Nullable OkHttpClient client) {
        return new Subscriptions(
                "access00000000000000",
                "0123456789abcdef0123456789abcdef",
                () -> MessageHosts.of(Region.EU),
                new OkHttpTransport(client),
                SubscriptionFixture.time(wait -> Thread.onSpinWait(), SubscriptionFixture.PING));
    }
}
