package io.github.tuyacloud.hostile;

import static io.github.tuyacloud.BuilderHooks.sleeper;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.hostile.FaultyServer.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.Sockets;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that leftover bytes of a response with an ambiguous end are not taken for the response to another request.
 */
@Timeout(120)
class OddResponsesTest {

    private static final int REQUESTS = 12;
    private static final int ONE_IN = 3;
    private static final int NOT_MODIFIED = 304;

    static Stream<Arguments> odd() {
        return Stream.of(Fault.values())
                .filter(fault -> fault.name().startsWith("ODD"))
                .flatMap(fault ->
                        Stream.of(Sockets.LIBRARYS, Sockets.USERS).map(sockets -> Arguments.of(fault, sockets)));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void read_afterAnAmbiguousResponse_getsItsOwnResponse(Fault odd, Sockets sockets) throws Exception {
        try (FaultyServer server = faulty(odd, sockets);
                TuyaCloud cloud = client(server)) {
            for (int i = 0; i < REQUESTS; i++) {
                try {
                    assertThat(cloud.cloudRequest("/v1.0/echo/" + i, "GET", null, null)
                                    .asMap())
                            .containsEntry("result", (long) i);
                } catch (TuyaTransportException e) {
                    assertThat(e.httpStatus())
                            .as("the only status that is not retried")
                            .isEqualTo(NOT_MODIFIED);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("odd")
    void command_afterAnAmbiguousResponse_isCarriedOutAtMostOnce(Fault odd, Sockets sockets) throws Exception {
        try (FaultyServer server = faulty(odd, sockets);
                TuyaCloud cloud = client(server)) {
            for (int i = 0; i < REQUESTS; i++) {
                @Nullable Sent sent = null;
                try {
                    cloud.sendCommand("bf1", Command.of("countdown_1", i));
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

    private static FaultyServer faulty(Fault odd, Sockets sockets) throws IOException {
        FaultyServer server = new FaultyServer(false, sockets);
        AtomicInteger requests = new AtomicInteger();
        server.faults(target -> requests.incrementAndGet() % ONE_IN == 0 ? odd : Fault.NONE);
        return server;
    }

    private static TuyaCloud client(FaultyServer server) {
        return sleeper(server.client().httpClient(server.http().build()), wait -> {})
                .build();
    }
}
