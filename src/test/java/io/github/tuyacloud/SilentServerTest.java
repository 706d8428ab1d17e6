package io.github.tuyacloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaTransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that take a connection and then say nothing: a call ends after the read timeout, long before its own. */
class SilentServerTest {

    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")); // the system takes connections for it
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"https, NO", "http, MAYBE"})
    void getStatus_serverSaysNothing_endsAfterTheReadTimeout(String scheme, TuyaTransportException.Sent sent) {
        OkHttpClient impatient = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofMillis(100))
                .readTimeout(Duration.ofMillis(100))
                .build();
        try (TuyaCloud cloud = TuyaCloud.builder()
                .endpoint(scheme + "://127.0.0.1:" + server.getLocalPort())
                .apiKey("fakeapikey0123456789")
                .apiSecret("0123456789abcdef0123456789abcdef")
                .initialToken("3f4eda2bdec17232f67c0b188af3eec1")
                .callTimeout(Duration.ofMinutes(10))
                .retryPolicy(RetryPolicy.none())
                .httpClient(impatient)
                .build()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.getStatus("bf1a0c44e0b7d5c9e2plug"))
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(sent))
                    .withMessageContaining("timed out");
        }
    }
}
