package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.calls.EndingServer.After;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.model.Command;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that a command is never sent on a connection that the server has already closed, without using up a retry. */
@Timeout(120)
class EndedConnectionTest {

    private static final String PLUG = "bf1";
    private static final int ONE_IN = 20;

    /** Creates sockets without a channel, as a caller's own factory may. */
    private static final class PlainSockets extends SocketFactory {

        @Override
        public Socket createSocket() {
            return new Socket();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    static Stream<Arguments> endings() {
        return Stream.of(After.CLOSE, After.FIN, After.RESET, After.ANSWER_408, After.ANSWER_408_AND_CLOSE)
                .flatMap(after -> Stream.of(
                        Arguments.of(after, true, false),
                        Arguments.of(after, true, true),
                        Arguments.of(after, false, false),
                        Arguments.of(after, false, true)));
    }

    @ParameterizedTest(name = "{0}, TLS {1}, plain sockets {2}")
    @MethodSource("endings")
    void command_connectionEnded_usesAnotherAtOnce(After after, boolean tls, boolean plainSockets) throws Exception {
        try (EndingServer server = new EndingServer(tls, () -> after);
                TuyaCloud cloud = server.client(http(plainSockets)).build()) {
            cloud.sendCommand(PLUG, number(1));
            server.goOn();

            assertThat(cloud.sendCommand(PLUG, number(2))).isTrue();

            assertThat(server.arrived(body(1))).isEqualTo(1);
            assertThat(server.arrived(body(2))).isEqualTo(1);
            assertThat(server.requests()).isEqualTo(2);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(cloud.usage().total()).isEqualTo(2);
        }
    }

    @ParameterizedTest(name = "plain sockets {0}")
    @MethodSource("sockets")
    void command_onlyTlsRecordArrived_usesTheSameConnection(boolean plainSockets) throws Exception {
        try (EndingServer server = new EndingServer(true, () -> After.KEY_UPDATE);
                TuyaCloud cloud = server.client(http(plainSockets)).build()) {
            for (int i = 1; i <= 5; i++) {
                assertThat(cloud.sendCommand(PLUG, number(i))).isTrue();
                server.goOn();
            }

            assertThat(server.requests()).isEqualTo(5);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    static Stream<Boolean> sockets() {
        return Stream.of(false, true);
    }

    @Test
    void command_allPooledConnectionsEnded_opensANewOne() throws Exception {
        try (EndingServer server = new EndingServer(true, () -> After.CLOSE);
                TuyaCloud cloud = server.client(http(false)).build()) {
            int threads = 5;
            Thread[] callers = new Thread[threads];
            for (int i = 0; i < threads; i++) {
                int number = i;
                callers[i] = new Thread(() -> cloud.sendCommand(PLUG, number(number)));
                callers[i].start();
            }
            for (Thread caller : callers) {
                caller.join();
                server.goOn();
            }

            assertThat(cloud.sendCommand(PLUG, number(threads))).isTrue();

            assertThat(server.requests()).isEqualTo(threads + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = After.class,
            names = {"CLOSE", "FIN", "RESET"})
    void read_connectionEnded_needsARetry(After after) throws Exception {
        try (EndingServer server = new EndingServer(true, () -> after);
                TuyaCloud cloud = server.client(http(false)).build()) {
            cloud.cloudRequest("/v1.0/x", "GET", null, null);
            server.goOn();

            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.cloudRequest("/v1.0/x", "GET", null, null))
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE));
        }
    }

    @Test
    void command_serverStopsAnswering_endsAfterTheReadTimeout() throws Exception {
        OkHttpClient.Builder impatient = http(false).readTimeout(Duration.ofMillis(100));
        try (EndingServer server = new EndingServer(true, () -> After.NO_MORE_ANSWERS);
                TuyaCloud cloud = server.client(impatient)
                        .callTimeout(Duration.ofMinutes(10))
                        .build()) {
            cloud.sendCommand(PLUG, number(1));
            server.goOn();

            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.sendCommand(PLUG, number(2)))
                    .withMessageContaining("timed out")
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE));
        }
    }

    @ParameterizedTest(name = "TLS {0}, {1} commands")
    @CsvSource({"true, 10000", "false, 1000"})
    void command_connectionsEndAtRandom_eachArrivesOnce(boolean tls, int commands) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the endings: " + seed);
        Random random = new Random(seed);
        After[] endings = {After.CLOSE, After.FIN, After.RESET, After.ANSWER_408, After.ANSWER_408_AND_CLOSE};
        try (EndingServer server = new EndingServer(
                        tls, () -> random.nextInt(ONE_IN) == 0 ? endings[random.nextInt(endings.length)] : After.STAY);
                TuyaCloud cloud = server.client(http(false)).build()) {
            for (int i = 0; i < commands; i++) {
                assertThat(cloud.sendCommand(PLUG, number(i)))
                        .as("command %d", i)
                        .isTrue();
                server.goOn();
            }

            for (int i = 0; i < commands; i++) {
                assertThat(server.arrived(body(i))).as("command %d", i).isEqualTo(1);
            }
        }
    }

    private static OkHttpClient.Builder http(boolean plainSockets) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        return plainSockets ? builder.socketFactory(new PlainSockets()) : builder;
    }

    private static Command number(int number) {
        return Command.of("countdown_1", number);
    }

    private static String body(int number) {
        return "{\"commands\":[{\"code\":\"countdown_1\",\"value\":" + number + "}]}";
    }
}
