package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the error texts for an exchange without a response. */
class NoResponseTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new UnknownHostException("cloud.test"), "host name not found (cloud.test)"),
                Arguments.of(new ConnectException("Connection refused"), "connection refused (Connection refused)"),
                Arguments.of(
                        with(new ConnectException("Failed to connect to /[::1]:9"), new ConnectException("refused")),
                        "connection refused (Failed to connect to /[::1]:9)"),
                Arguments.of(
                        new ConnectException("Network is unreachable"),
                        "no connection to the server (Network is unreachable)"),
                Arguments.of(
                        new NoRouteToHostException("No route to host"), "no route to the server (No route to host)"),
                Arguments.of(new SocketException("Connection reset"), "connection lost (Connection reset)"),
                Arguments.of(new ClosedChannelException(), "connection lost"),
                Arguments.of(new EOFException("\\n not found: content=7b7d"), CLOSED),
                Arguments.of(new ProtocolException("unexpected end of stream"), CLOSED),
                Arguments.of(
                        with(new IOException("unexpected end of stream on http://cloud.test/..."), new EOFException()),
                        CLOSED),
                Arguments.of(new ProtocolException("Unexpected status line: tok-99"), "the response is not HTTP"),
                Arguments.of(new SSLHandshakeException("no common cipher"), "TLS handshake failed (no common cipher)"),
                Arguments.of(
                        new SSLPeerUnverifiedException("other.test"),
                        "the server's certificate does not match its host name (other.test)"),
                Arguments.of(new SSLException("bad record"), "the TLS connection failed (bad record)"),
                Arguments.of(new IOException("canceled"), "the connection failed (canceled)"),
                Arguments.of(new IOException((String) null), "the connection failed"));
    }

    private static final String CLOSED = "the connection was closed before a response arrived";

    @ParameterizedTest
    @MethodSource("failures")
    void reason_anyException_isInPlainWords(IOException cause, String reason) {
        assertThat(NoResponse.reason(cause, true, Duration.ofSeconds(1))).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 10003, timed out after 10 s waiting for the response",
        "true, 1250, timed out after 1.3 s waiting for the response",
        "true, 0, timed out waiting for the response",
        "false, 5001, timed out after 5 s opening the connection"
    })
    void reason_timeout_namesDurationAndPhase(boolean reached, long millis, String reason) {
        Duration elapsed = Duration.ofMillis(millis);

        assertThat(NoResponse.reason(new SocketTimeoutException("timeout"), reached, elapsed))
                .isEqualTo(reason);
        assertThat(NoResponse.reason(new InterruptedIOException("timeout"), reached, elapsed))
                .isEqualTo(reason);
    }

    @Test
    void hint_eachFailure_hasItsAdvice() {
        assertThat(NoResponse.hint(new SocketException("Connection reset")))
                .isEqualTo("Check the network, and that the cloud can be reached from it.");
        assertThat(NoResponse.hint(new UnknownHostException("cloud.test"))).isEqualTo("Check the network and its DNS.");
        assertThat(NoResponse.hint(new SSLPeerUnverifiedException("other.test")))
                .contains("certificate is not trusted");
        assertThat(NoResponse.hint(new SSLHandshakeException("no common cipher")))
                .contains("no TLS version");
    }

    @Test
    void isAboutCertificate_tlsFailures_distinguishesCertificates() {
        assertThat(NoResponse.isAboutCertificate(new SSLPeerUnverifiedException("other.test")))
                .isTrue();
        assertThat(NoResponse.isAboutCertificate(
                        with(new SSLHandshakeException("no path"), new CertificateException("expired"))))
                .isTrue();
        assertThat(NoResponse.isAboutCertificate(with(new SSLHandshakeException("closed"), new IOException("reset"))))
                .isFalse();
        assertThat(NoResponse.isAboutCertificate(new SSLException("bad record")))
                .isFalse();
    }

    static Stream<Arguments> tlsFailures() {
        return Stream.of(
                Arguments.of(new SSLHandshakeException("no common cipher"), true),
                Arguments.of(new SSLProtocolException("unexpected message"), true),
                Arguments.of(new SSLException("Unsupported or unrecognized SSL message"), true),
                Arguments.of(with(new SSLHandshakeException("no path"), new CertificateException("expired")), true),
                Arguments.of(with(new SSLHandshakeException("terminated"), new EOFException("closed")), false),
                Arguments.of(with(new SSLHandshakeException("reset"), new SocketException("reset")), false),
                Arguments.of(new SSLException("bad record"), false),
                Arguments.of(new SocketException("Connection reset"), false));
    }

    @ParameterizedTest
    @MethodSource("tlsFailures")
    void isPermanent_tlsFailures_unlessTheConnectionBroke(IOException failure, boolean isPermanent) {
        assertThat(NoResponse.isPermanent(failure)).isEqualTo(isPermanent);
    }

    @Test
    void mayQuoteResponse_messages_findsThoseWithPartsOfIt() {
        assertThat(NoResponse.mayQuoteResponse(new ProtocolException("Unexpected status line: x")))
                .isTrue();
        assertThat(NoResponse.mayQuoteResponse(with(new IOException("end"), new EOFException("content=7b7d"))))
                .isTrue();
        assertThat(NoResponse.mayQuoteResponse(new ProtocolException("unexpected end of stream")))
                .isFalse();
        assertThat(NoResponse.mayQuoteResponse(new SocketException("Connection reset")))
                .isFalse();
    }

    private static <E extends Throwable> E with(E exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }
}
