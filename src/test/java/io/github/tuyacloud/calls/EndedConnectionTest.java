package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.calls.EndingServer.After;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.Seed;
import io.github.tuyacloud.support.Sockets;
import io.github.tuyacloud.support.UnconnectedSockets;
import io.github.tuyacloud.support.WireServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that dead connections cost reads nothing, and that a command is never sent on one that the server has closed.
 */
@Timeout(120)
class EndedConnectionTest {

    private static final String PLUG = "bf1";
    private static final int ONE_IN = 20;

    static Stream<Arguments> endings() {
        return Stream.of(After.CLOSE, After.FIN, After.RESET, After.RESPONSE_408, After.RESPONSE_408_AND_CLOSE)
                .flatMap(after -> connections().map(kind -> Arguments.of(after, kind.get()[0], kind.get()[1])));
    }

    static Stream<Arguments> connections() {
        return Stream.of(Sockets.values())
                .flatMap(sockets -> Stream.of(true, false).map(tls -> Arguments.of(tls, sockets)));
    }

    @ParameterizedTest(name = "{0}, TLS {1}, sockets {2}")
    @MethodSource("endings")
    void command_connectionEnded_usesAnotherImmediately(After after, boolean tls, Sockets sockets) throws Exception {
        try (EndingServer server = new EndingServer(tls, sockets, () -> after);
                TuyaCloud cloud = server.client(http()).build()) {
            cloud.sendCommand(PLUG, number(1));
            server.proceed();

            assertThat(cloud.sendCommand(PLUG, number(2))).isTrue();

            assertThat(server.arrived(body(1))).isEqualTo(1);
            assertThat(server.arrived(body(2))).isEqualTo(1);
            assertThat(server.requests()).isEqualTo(2);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(cloud.usage().total()).isEqualTo(2);
        }
    }

    /** Returns the endings that can be seen without reading. */
    static Stream<Arguments> lateEndings() {
        return endings().filter(arguments -> {
            After after = (After) arguments.get()[0];
            boolean tls = (boolean) arguments.get()[1];
            boolean sendsBytes = after.name().startsWith("RESPONSE") || tls && after == After.CLOSE;
            // Through a SOCKS proxy without TLS, each request uses a new connection.
            return arguments.get()[2] == Sockets.LIBRARYS
                    || sendsBytes && (tls || arguments.get()[2] == Sockets.USERS);
        });
    }

    @ParameterizedTest(name = "{0}, TLS {1}, sockets {2}")
    @MethodSource("lateEndings")
    void command_connectionEndsWhileRequestIsPrepared_usesAnotherImmediately(After after, boolean tls, Sockets sockets)
            throws Exception {
        try (EndingServer server = new EndingServer(tls, sockets, () -> after);
                TuyaCloud cloud = server.client(whileSecondIsPrepared(server)).build()) {
            cloud.cloudRequest("/v1.0/x", "GET", null, null);

            assertThat(cloud.sendCommand(PLUG, number(2))).isTrue();

            assertThat(server.arrived(body(2))).isEqualTo(1);
            assertThat(server.requests()).isEqualTo(2);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(cloud.usage().total()).isEqualTo(2);
        }
    }

    @ParameterizedTest(name = "{0}, TLS {1}, sockets {2}")
    @MethodSource("lateEndings")
    void read_connectionEndsWhileRequestIsPrepared_usesAnotherImmediately(After after, boolean tls, Sockets sockets)
            throws Exception {
        try (EndingServer server = new EndingServer(tls, sockets, () -> after);
                TuyaCloud cloud = server.client(whileSecondIsPrepared(server)).build()) {
            cloud.cloudRequest("/v1.0/x", "GET", null, null);

            assertThat(cloud.cloudRequest("/v1.0/x", "GET", null, null).asMap()).containsEntry("success", true);

            // A read does not check for a silent end of the connection, after which this server continues to read.
            assertThat(server.requests()).isEqualTo(after == After.FIN ? 3 : 2);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(cloud.usage().total()).isEqualTo(2);
        }
    }

    /** Returns a client that lets the server continue at the last moment before the second request is written. */
    private static OkHttpClient.Builder whileSecondIsPrepared(EndingServer server) {
        AtomicInteger requests = new AtomicInteger();
        return http().eventListener(new EventListener() {
            @Override
            public void requestHeadersEnd(Call call, Request request) {
                if (requests.incrementAndGet() == 2) {
                    server.proceed();
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Sockets.class)
    void command_onlyTlsRecordArrived_usesTheSameConnection(Sockets sockets) throws Exception {
        try (EndingServer server = new EndingServer(true, sockets, () -> After.KEY_UPDATE);
                TuyaCloud cloud = server.client(http()).build()) {
            for (int i = 1; i <= 5; i++) {
                assertThat(cloud.sendCommand(PLUG, number(i))).isTrue();
                server.proceed();
            }

            assertThat(server.requests()).isEqualTo(5);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** On a new connection, the server's session ticket can arrive at any moment of the check. */
    @Test
    void command_sessionTicketArrivesDuringTheCheck_usesTheSameConnection() throws Exception {
        int commands = 100;
        try (EndingServer server = new EndingServer(true, () -> After.CLOSE);
                TuyaCloud cloud = server.client(http()).build()) {
            for (int i = 1; i <= commands; i++) {
                assertThat(cloud.sendCommand(PLUG, number(i))).isTrue();
                server.proceed();
            }

            assertThat(server.connections()).isEqualTo(commands);
        }
    }

    @Test
    void command_allPooledConnectionsEnded_opensANewOne() throws Exception {
        try (EndingServer server = new EndingServer(true, () -> After.CLOSE);
                TuyaCloud cloud = server.client(http()).build()) {
            int threads = 5;
            openConnections(threads, server, () -> cloud.sendCommand(PLUG, number(0)));

            assertThat(cloud.sendCommand(PLUG, number(threads))).isTrue();

            assertThat(server.requests()).isEqualTo(threads + 1);
        }
    }

    @ParameterizedTest(name = "{0}, TLS {1}, sockets {2}")
    @MethodSource("endings")
    void read_connectionEnded_usesAnotherImmediately(After after, boolean tls, Sockets sockets) throws Exception {
        try (EndingServer server = new EndingServer(tls, sockets, () -> after);
                TuyaCloud cloud = server.client(http()).build()) {
            cloud.cloudRequest("/v1.0/x", "GET", null, null);
            server.proceed();

            assertThat(cloud.cloudRequest("/v1.0/x", "GET", null, null).asMap()).containsEntry("success", true);

            // A read does not check for a silent end of the connection, after which this server continues to read.
            assertThat(server.requests()).isEqualTo(after == After.FIN && (tls || sockets != Sockets.SOCKS) ? 3 : 2);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(cloud.usage().total()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void call_unsolicitedResponseOnNewConnection_usesAnother(String method) throws Exception {
        OkHttpClient.Builder http = new OkHttpClient.Builder().socketFactory(firstSendsUnsolicitedResponse());
        try (EndingServer server = new EndingServer(false, () -> After.STAY);
                TuyaCloud cloud = server.client(http).build()) {
            assertThat(cloud.cloudRequest("/v1.0/x", method, null, null).asMap())
                    .containsEntry("success", true);

            assertThat(server.requests()).isEqualTo(1);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(cloud.usage().total()).isEqualTo(1);
        }
    }

    /**
     * A device between the caller and the server has dropped the connections: their end is only noticed once a
     * request is sent.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 32, 64})
    void read_pooledConnectionsDead_succeedsAfterOneMoreRequestThatIsNotCounted(int dead) throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (EndingServer server = new EndingServer(
                        false, () -> connections.incrementAndGet() <= dead ? After.HANG_UP : After.STAY);
                TuyaCloud cloud = server.client(new OkHttpClient.Builder()
                                .connectionPool(new ConnectionPool(dead, 1, TimeUnit.MINUTES)))
                        .build()) {
            openConnections(dead, server, () -> cloud.cloudRequest("/v1.0/x", "GET", null, null));

            assertThat(cloud.cloudRequest("/v1.0/x", "GET", null, null).asMap()).containsEntry("success", true);

            assertThat(server.requests()).isEqualTo(dead + 2);
            assertThat(server.connections()).isEqualTo(dead + 1);
            assertThat(cloud.usage().total()).isEqualTo(dead + 1);
        }
    }

    static Stream<Arguments> dead() {
        return Stream.of(3, 8, 32, 64).flatMap(dead -> Stream.of(
                        After.RESET, After.FIN, After.CLOSE, After.HANG_UP, After.NO_MORE_RESPONSES)
                .flatMap(after -> connections().map(kind -> Arguments.of(dead, after, kind.get()[0], kind.get()[1]))));
    }

    @ParameterizedTest(name = "{0}, {1}, TLS {2}, sockets {3}")
    @MethodSource("dead")
    @Tag("hostile")
    void reads_pooledConnectionsDead_allSucceedAfterAtMostOneMoreThatIsCounted(
            int dead, After after, boolean tls, Sockets sockets) throws Exception {
        AtomicInteger connections = new AtomicInteger();
        OkHttpClient.Builder http =
                http().readTimeout(Duration.ofSeconds(2)).connectionPool(new ConnectionPool(dead, 1, TimeUnit.MINUTES));
        try (EndingServer server = new EndingServer(
                        tls, sockets, () -> connections.incrementAndGet() <= dead ? after : After.STAY);
                TuyaCloud cloud =
                        server.client(http).retryPolicy(RetryPolicy.of(1)).build()) {
            openConnections(dead, server, () -> cloud.cloudRequest("/v1.0/x", "GET", null, null));

            int reads = 3;
            for (int i = 0; i < reads; i++) {
                assertThat(cloud.cloudRequest("/v1.0/x", "GET", null, null).asMap())
                        .containsEntry("success", true);
                server.proceed();
            }

            assertThat(cloud.usage().total()).isBetween((long) dead + reads, (long) dead + reads + 1);
        }
    }

    /** The connections were dropped silently, which only the missing response reveals. */
    @Test
    void read_pooledConnectionsSilent_costsTheReadTimeoutOnce() throws Exception {
        int silent = 8;
        AtomicInteger connections = new AtomicInteger();
        try (EndingServer server = new EndingServer(
                        false, () -> connections.incrementAndGet() <= silent ? After.NO_MORE_RESPONSES : After.STAY);
                TuyaCloud cloud = server.client(new OkHttpClient.Builder()
                                .readTimeout(Duration.ofMillis(500))
                                .connectionPool(new ConnectionPool(silent, 1, TimeUnit.MINUTES)))
                        .retryPolicy(RetryPolicy.of(1))
                        .build()) {
            openConnections(silent, server, () -> cloud.cloudRequest("/v1.0/x", "GET", null, null));

            assertThat(cloud.cloudRequest("/v1.0/x", "GET", null, null).asMap()).containsEntry("success", true);

            assertThat(server.requests()).isEqualTo(silent + 2);
            assertThat(cloud.usage().total()).isEqualTo(silent + 2);
        }
    }

    @Test
    void command_pooledConnectionsDead_mayHaveBeenCarriedOutAndTheNextOneSucceeds() throws Exception {
        int dead = 8;
        AtomicInteger connections = new AtomicInteger();
        try (EndingServer server = new EndingServer(
                        false, () -> connections.incrementAndGet() <= dead ? After.HANG_UP : After.STAY);
                TuyaCloud cloud = server.client(new OkHttpClient.Builder()
                                .connectionPool(new ConnectionPool(dead, 1, TimeUnit.MINUTES)))
                        .build()) {
            openConnections(dead, server, () -> cloud.sendCommand(PLUG, number(0)));

            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.sendCommand(PLUG, number(1)))
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE));

            assertThat(cloud.sendCommand(PLUG, number(2))).isTrue();
            assertThat(server.arrived(body(1))).isEqualTo(1);
            assertThat(server.arrived(body(2))).isEqualTo(1);
        }
    }

    /** Nothing was sent over the ended connection, but the command must not be sent over another one either. */
    @Test
    void command_interceptorSendsItAfterTheConnectionEnded_isInDoubtAndNotRepeated() throws Exception {
        OkHttpClient other = new OkHttpClient();
        try (EndingServer server = new EndingServer(false, () -> After.CLOSE);
                TuyaCloud cloud = server.client(http().addInterceptor(chain -> {
                            try {
                                return chain.proceed(chain.request());
                            } catch (IOException e) {
                                other.newCall(new Request.Builder()
                                                .url(chain.request().url())
                                                .post(RequestBody.create(body(2), null))
                                                .build())
                                        .execute()
                                        .close();
                                throw new IOException("no response in this way either");
                            }
                        }))
                        .build()) {
            cloud.sendCommand(PLUG, number(1));
            server.proceed();

            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.sendCommand(PLUG, number(2)))
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE));

            assertThat(server.arrived(body(2))).isEqualTo(1);
        }
    }

    @Test
    void command_serverStopsResponding_endsAfterTheReadTimeout() throws Exception {
        OkHttpClient.Builder impatient = http().readTimeout(Duration.ofMillis(100));
        try (EndingServer server = new EndingServer(true, () -> After.NO_MORE_RESPONSES);
                TuyaCloud cloud = server.client(impatient)
                        .callTimeout(Duration.ofMinutes(10))
                        .build()) {
            cloud.sendCommand(PLUG, number(1));
            server.proceed();

            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.sendCommand(PLUG, number(2)))
                    .withMessageContaining("timed out")
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE));
        }
    }

    @ParameterizedTest(name = "TLS {0}, {1} commands")
    @CsvSource({"true, 1000", "false, 1000"})
    void command_connectionsEndAtRandom_eachArrivesOnce(boolean tls, int commands) throws Exception {
        assertEachArrivesOnce(tls, commands);
    }

    @Test
    @Tag("hostile")
    @Timeout(600)
    void command_manyConnectionsEndAtRandom_eachArrivesOnce() throws Exception {
        assertEachArrivesOnce(true, 10_000);
    }

    private static void assertEachArrivesOnce(boolean tls, int commands) throws Exception {
        Random random = new Random(Seed.of("the endings"));
        After[] endings = {After.CLOSE, After.FIN, After.RESET, After.RESPONSE_408, After.RESPONSE_408_AND_CLOSE};
        try (EndingServer server = new EndingServer(
                        tls, () -> random.nextInt(ONE_IN) == 0 ? endings[random.nextInt(endings.length)] : After.STAY);
                TuyaCloud cloud = server.client(http()).build()) {
            for (int i = 0; i < commands; i++) {
                assertThat(cloud.sendCommand(PLUG, number(i)))
                        .as("command %d", i)
                        .isTrue();
                server.proceed();
            }

            for (int i = 0; i < commands; i++) {
                assertThat(server.arrived(body(i))).as("command %d", i).isEqualTo(1);
            }
        }
    }

    /**
     * Runs concurrent calls, each of which needs a connection of its own, because the server responds to all of them
     * together.
     */
    private static void openConnections(int number, EndingServer server, Runnable call) throws InterruptedException {
        server.holdResponses(number);
        Thread[] callers = new Thread[number];
        for (int i = 0; i < number; i++) {
            callers[i] = new Thread(call);
            callers[i].start();
        }
        for (Thread caller : callers) {
            caller.join();
            server.proceed();
        }
    }

    /** Returns a factory whose first socket receives a response before any request. */
    private static SocketFactory firstSendsUnsolicitedResponse() {
        AtomicBoolean first = new AtomicBoolean(true);
        return new UnconnectedSockets(() -> first.getAndSet(false) ? sendingAResponse() : new Socket());
    }

    private static Socket sendingAResponse() {
        byte[] refusal = WireServer.response("200 OK", "{\"success\":false,\"code\":1106,\"msg\":\"permission deny\"}")
                .getBytes(StandardCharsets.UTF_8);
        return new Socket() {
            private InputStream in;

            @Override
            public InputStream getInputStream() throws IOException {
                if (in == null) {
                    in = new SequenceInputStream(new ByteArrayInputStream(refusal), super.getInputStream());
                }
                return in;
            }
        };
    }

    private static OkHttpClient.Builder http() {
        return new OkHttpClient.Builder();
    }

    private static Command number(int number) {
        return Command.of("countdown_1", number);
    }

    private static String body(int number) {
        return "{\"commands\":[{\"code\":\"countdown_1\",\"value\":" + number + "}]}";
    }
}
