package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.WireServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that responses with malformed heads either succeed or fail with one of the library's exceptions. */
@Timeout(60)
class HostileHeadTest {

    private static final Command ON = Command.of("switch_1", true);

    @ParameterizedTest
    @ValueSource(strings = {"apr\u00e8s-demain", "\u0001soon", "", "99999999999999999999", "-1"})
    void success_malformedRetryAfter_returnsTheResult(String value) throws Exception {
        try (WireServer server = WireServer.returning(head("200 OK\r\nRetry-After: " + value));
                TuyaCloud cloud = server.client().build()) {
            assertThat(cloud.sendCommand("bf1", ON)).isTrue();
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void failure_malformedRetryAfter_isNotQuoted() throws Exception {
        String response = head("503 Busy\r\nRetry-After: apr\u00e8s-demain");
        try (WireServer server = WireServer.returning(response);
                TuyaCloud cloud = server.client().build()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.getStatus("bf1"))
                    .satisfies(e -> assertThat(e.httpStatus()).isEqualTo(503))
                    .satisfies(e -> assertThat(e).hasMessageNotContaining("demain"));
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @Test
    void command_negativeContentLength_mayHaveBeenCarriedOut() throws Exception {
        String response = "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n";
        try (WireServer server = WireServer.returning(response);
                TuyaCloud cloud = server.client().build()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.sendCommand("bf1", ON))
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE));
            assertThat(server.requests()).isEqualTo(1);
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.cloudRequest("/v1.0/x", "GET", null, Map.of()));
            assertThat(server.connections()).isEqualTo(4);
        }
    }

    private static String head(String statusAndHeaders) {
        return WireServer.response(statusAndHeaders, "{\"success\":true,\"t\":1709294400000,\"result\":true}");
    }
}
