package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that a call ends after the timeouts of its client if the server neither reads nor responds. */
@Timeout(60)
class SilentServerTest {

    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(
                0, 50, InetAddress.getByName("127.0.0.1")); // the operating system accepts the connections
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"https, NO", "http, MAYBE"})
    void getStatus_serverDoesNotRespond_endsAfterTheReadTimeout(String scheme, Sent sent) {
        OkHttpClient impatient = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofMillis(100))
                .readTimeout(Duration.ofMillis(100))
                .build();
        try (TuyaCloud cloud = client(scheme, impatient)) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.getStatus("bf1a0c44e0b7d5c9e2plug"))
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(sent))
                    .withMessageContaining("timed out");
        }
    }

    @Test
    void cloudRequest_serverReadsNothing_endsAfterTheClientsWriteTimeout() {
        OkHttpClient impatient = new OkHttpClient.Builder()
                .readTimeout(Duration.ofHours(1))
                .writeTimeout(Duration.ofMillis(100))
                .build();
        Map<String, String> moreThanBuffersHold = Map.of("text", "x".repeat(20_000_000));
        try (TuyaCloud cloud = client("http", impatient)) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.cloudRequest("/v1.0/x", "POST", moreThanBuffersHold, null))
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE))
                    .withMessageContaining("timed out");
        }
    }

    private TuyaCloud client(String scheme, OkHttpClient http) {
        return TuyaCloud.builder()
                .endpoint(scheme + "://127.0.0.1:" + server.getLocalPort())
                .apiKey("fakeapikey0123456789")
                .apiSecret("0123456789abcdef0123456789abcdef")
                .initialToken("3f4eda2bdec17232f67c0b188af3eec1")
                .callTimeout(Duration.ofMinutes(10))
                .retryPolicy(RetryPolicy.none())
                .httpClient(http)
                .build();
    }
}
