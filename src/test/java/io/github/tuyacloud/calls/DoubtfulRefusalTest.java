package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.LoopbackTls;
import io.github.tuyacloud.support.Sockets;
import io.github.tuyacloud.support.WireServer;
import io.github.tuyacloud.support.WireServer.Connection;
import io.github.tuyacloud.support.WireServer.Request;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks commands whose refusal is followed by another response: a gateway has sent one too many while the command was
 * on its way, so the refusal belongs to an earlier request, and the command was carried out.
 */
@Timeout(60)
class DoubtfulRefusalTest {

    private final AtomicInteger commands = new AtomicInteger();
    private final Semaphore refusalRead = new Semaphore(0);
    private final Semaphore followed = new Semaphore(0);

    static Stream<Arguments> refusals() {
        return Stream.of("429", "1110", "1010", "1106").flatMap(refusal -> Stream.of(Sockets.values())
                .flatMap(sockets -> Stream.of(false, true).map(tls -> Arguments.of(refusal, sockets, tls)))
                // Through a SOCKS proxy without TLS, each request uses a new connection.
                .filter(arguments -> arguments.get()[1] != Sockets.SOCKS || arguments.get()[2].equals(true)));
    }

    @ParameterizedTest(name = "{0}, sockets {1}, TLS {2}")
    @MethodSource("refusals")
    void command_anotherResponseFollowsTheRefusal_mayHaveBeenCarriedOutAndIsNotRepeated(
            String refusal, Sockets sockets, boolean tls) {
        try (WireServer server = new WireServer(
                        tls ? new LoopbackTls() : null, sockets, connection -> serve(connection, refusal, true));
                TuyaCloud cloud = client(server)) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.sendCommand("bf1", Command.of("switch_1", true)))
                    .withMessageContaining(
                            "the response cannot be used: another one followed it, so it may belong to an"
                                    + " earlier request")
                    .withMessageContaining("The command may have been carried out")
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE))
                    .satisfies(e -> assertThat(e.attempts()).isEqualTo(1))
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));

            assertThat(commands).hasValue(1);
        }
    }

    @Test
    void command_refusedAndNothingFollows_isRetried() {
        try (WireServer server = new WireServer(connection -> serve(connection, "1110", false));
                TuyaCloud cloud = client(server)) {
            assertThatExceptionOfType(TuyaApiException.class)
                    .isThrownBy(() -> cloud.sendCommand("bf1", Command.of("switch_1", true)))
                    .matches(e -> e.sent() == Sent.NO)
                    .extracting(TuyaException::attempts)
                    .isEqualTo(3);

            assertThat(commands).hasValue(3);
        }
    }

    private void serve(Connection connection, String refusal, boolean follow) throws IOException {
        Request request = connection.next();
        while (request != null) {
            if (request.method().equals("GET")) {
                connection.write(
                        WireServer.success(
                                "{\"access_token\":\"3f4eda2bdec17232f67c0b188af3eec1\",\"refresh_token\":\"r\",\"expire_time\":7200}"));
            } else {
                commands.incrementAndGet();
                connection.write(WireServer.response(
                        refusal.equals("429") ? "429 Too Many Requests" : "200 OK",
                        "{\"success\":false,\"code\":" + refusal + ",\"msg\":\"no\",\"t\":1709294400000}"));
                refusalRead.acquireUninterruptibly();
                if (follow) {
                    connection.write(WireServer.success("true"));
                }
                followed.release();
            }
            request = connection.next();
        }
    }

    /** Returns a client that lets the server continue once a refusal has been read. */
    private TuyaCloud client(WireServer server) {
        OkHttpClient.Builder http = new OkHttpClient.Builder().eventListener(new EventListener() {
            @Override
            public void callEnd(Call call) {
                if (call.request().method().equals("POST")) {
                    refusalRead.release();
                    followed.acquireUninterruptibly();
                }
            }
        });
        return server.client().httpClient(server.reachedBy(http).build()).build();
    }
}
