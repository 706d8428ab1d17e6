package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.WireServer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that a failed command warns that it may have been carried out exactly if {@code sent()} says so. */
class InDoubtTest {

    static Stream<Arguments> responses() {
        return Stream.of(500, 502, 503, 504, 408, 200, 404, 301).flatMap(status -> Stream.of(
                        "",
                        "<html>502</html>",
                        "[]",
                        "null",
                        "{}",
                        "{\"success\":false}",
                        "{\"success\":true,\"result\":true}",
                        "{\"success\":true,\"result\":null}",
                        "{\"success\":true}",
                        "{\"success\":false,\"code\":500,\"msg\":\"system error\"}",
                        "{\"success\":false,\"code\":1111,\"msg\":\"system error\"}",
                        "{\"success\":false,\"code\":777,\"msg\":\"odd\"}",
                        "{\"success\":false,\"code\":1106,\"msg\":\"permission deny\"}",
                        "{\"code\":502,\"msg\":\"bad gateway\"}",
                        "{\"error_code\":502,\"error_msg\":\"bad gateway\"}",
                        "{\"success\":false,\"code\":1010,\"msg\":\"token invalid\"}",
                        "{\"success\":false,\"code\":28841002,\"msg\":\"plan\"}",
                        "{\"success\":false,\"code\":501,\"msg\":\"request fail\"}")
                .map(body -> Arguments.of(status, body)));
    }

    @ParameterizedTest(name = "HTTP {0} {1}")
    @MethodSource("responses")
    void command_refused_warnsIfItMayHaveBeenCarriedOut(int status, String body) throws Exception {
        try (WireServer server = WireServer.returning(WireServer.response(status + " X", body));
                TuyaCloud cloud = server.client().build()) {
            TuyaException failure = catchThrowableOfType(
                    TuyaException.class, () -> cloud.sendCommand("bf1", Command.of("switch_1", true)));
            if (failure == null) { // HTTP 200 and a result
                assertThat(status).isEqualTo(200);
                return;
            }
            Sent sent = failure instanceof TuyaTransportException t ? t.sent() : ((TuyaApiException) failure).sent();
            assertThat(failure.getMessage().contains("may have been carried out"))
                    .isEqualTo(sent == Sent.MAYBE);
        }
    }
}
