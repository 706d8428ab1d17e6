package io.github.tuyacloud.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.hostile.FaultyServer.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.Sockets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that a response that the server sends without a request is not taken for the response to the next request. */
@Timeout(120)
class SurplusResponseTest {

    private static final String PLUG = "bf1";
    private static final int READS = 40;
    private static final int COMMANDS = 16;
    private static final int ONE_IN = 8;

    static Stream<Arguments> surplus() {
        return Stream.of(Fault.values())
                .filter(fault -> fault.name().startsWith("SURPLUS"))
                .flatMap(fault -> Stream.of(Sockets.values())
                        .flatMap(sockets -> Stream.of(false, true).map(tls -> Arguments.of(fault, sockets, tls))));
    }

    @ParameterizedTest(name = "{0}, sockets {1}, TLS {2}")
    @MethodSource("surplus")
    void read_afterASurplusResponse_getsItsOwnResponse(Fault surplus, Sockets sockets, boolean tls) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (FaultyServer server = new FaultyServer(tls, sockets);
                TuyaCloud cloud = client(server).retryPolicy(RetryPolicy.none()).build()) {
            server.faults(target -> requests.incrementAndGet() % ONE_IN == 0 ? surplus : Fault.NONE);

            for (int i = 0; i < READS; i++) {
                assertThat(cloud.cloudRequest("/v1.0/echo/" + i, "GET", null, null)
                                .asMap())
                        .containsEntry("result", (long) i);
                server.settle();
            }
        }
    }

    @ParameterizedTest(name = "{0}, sockets {1}, TLS {2}")
    @MethodSource("together")
    void command_afterASurplusResponse_isCarriedOutAtMostOnce(Fault surplus, Sockets sockets, boolean tls)
            throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (FaultyServer server = new FaultyServer(tls, sockets);
                TuyaCloud cloud = client(server).build()) {
            server.faults(target -> requests.incrementAndGet() % 2 == 0 ? surplus : Fault.NONE);

            for (int i = 0; i < COMMANDS; i++) {
                @Nullable Sent sent = null;
                try {
                    cloud.sendCommand(PLUG, Command.of("countdown_1", i));
                } catch (TuyaTransportException e) {
                    sent = e.sent();
                }
                server.settle();
                assertThat(server.carriedOut("{\"commands\":[{\"code\":\"countdown_1\",\"value\":" + i + "}]}"))
                        .as("command %d, sent %s", i, sent)
                        .isBetween(sent == null ? 1 : 0, sent == Sent.NO ? 0 : 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SURPLUS_429_LATER", "SURPLUS_1010_LATER", "SURPLUS_SUCCESS_LATER"})
    void command_surplusResponseHasArrived_isSentOverAnotherConnection(Fault surplus) throws Exception {
        try (FaultyServer server = new FaultyServer(false);
                TuyaCloud cloud = client(server).build()) {
            server.faults(target -> surplus);
            cloud.cloudRequest("/v1.0/echo/1", "GET", null, null);
            server.settle();
            server.faults(target -> Fault.NONE);

            assertThat(cloud.sendCommand(PLUG, Command.of("switch_1", true))).isTrue();

            assertThat(server.carriedOut("{\"commands\":[{\"code\":\"switch_1\",\"value\":true}]}"))
                    .isEqualTo(1);
        }
    }

    /** Returns the faults in which the surplus response arrives in one piece with the response before it. */
    static Stream<Arguments> together() {
        return surplus()
                .filter(arguments -> !arguments.get()[0].toString().contains("LATER")
                        && arguments.get()[0] != Fault.SURPLUS_408_AND_CLOSED);
    }

    static Stream<Arguments> togetherOverKeptConnections() {
        return together().filter(arguments -> arguments.get()[1] != Sockets.SOCKS || arguments.get()[2].equals(true));
    }

    /**
     * OkHttp has read the surplus response together with the previous one, so it can no longer be seen on the socket.
     */
    @ParameterizedTest(name = "{0}, sockets {1}, TLS {2}")
    @MethodSource("togetherOverKeptConnections")
    void command_surplusResponseReadWithThePreviousOne_mayHaveBeenCarriedOut(
            Fault surplus, Sockets sockets, boolean tls) throws Exception {
        try (FaultyServer server = new FaultyServer(tls, sockets);
                TuyaCloud cloud = client(server).build()) {
            server.faults(target -> surplus);
            cloud.cloudRequest("/v1.0/echo/1", "GET", null, null);
            server.faults(target -> Fault.NONE);

            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.sendCommand(PLUG, Command.of("switch_1", true)))
                    .withMessageContaining("a response arrived before the request was sent")
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE));

            server.settle();
            assertThat(server.carriedOut("{\"commands\":[{\"code\":\"switch_1\",\"value\":true}]}"))
                    .isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"STATUS_042", "SWITCHING_PROTOCOLS"})
    void command_statusBelow200_mayHaveBeenCarriedOut(Fault odd) throws Exception {
        try (FaultyServer server = new FaultyServer(false);
                TuyaCloud cloud = client(server).build()) {
            server.faults(target -> odd);

            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.sendCommand(PLUG, Command.of("switch_1", true)))
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE));

            assertThat(server.carriedOut("{\"commands\":[{\"code\":\"switch_1\",\"value\":true}]}"))
                    .isEqualTo(1);
        }
    }

    /**
     * A response that is not from the cloud may be incomplete, and the next bytes on the connection may be the rest of
     * it.
     */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"GATEWAY_PAGE", "NO_HTTP", "STATUS_042"})
    void read_afterAnUnusableResponse_usesAnotherConnection(Fault odd) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (FaultyServer server = new FaultyServer(false);
                TuyaCloud cloud = client(server).build()) {
            server.faults(target -> requests.incrementAndGet() == 1 ? odd : Fault.NONE);

            assertThat(cloud.cloudRequest("/v1.0/echo/1", "GET", null, null).asMap())
                    .containsEntry("result", 1L);

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    private static TuyaCloudBuilder client(FaultyServer server) {
        return server.client().httpClient(server.http().build());
    }
}
