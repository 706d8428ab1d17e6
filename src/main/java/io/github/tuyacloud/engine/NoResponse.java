package io.github.tuyacloud.engine;

import io.github.tuyacloud.http.UserCodeException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/** Explains why an exchange got no response, and what to do about it. */
public final class NoResponse {

    private static final String CLOSED_EARLY = "unexpected end of stream";

    private NoResponse() {}

    /** Returns the reason, with the original message in parentheses if it is safe to show. */
    public static String reason(IOException cause, boolean reached, Duration elapsed) {
        if (cause instanceof InterruptedIOException) {
            return "timed out" + after(elapsed) + (reached ? " waiting for the response" : " opening the connection");
        }
        if (cause instanceof UserCodeException) {
            return String.valueOf(cause.getMessage());
        }
        if (closedEarly(cause)) {
            return "the connection was closed before a response arrived";
        }
        if (cause instanceof ProtocolException) {
            return "the response is not HTTP";
        }
        String message = cause.getMessage();
        return kind(cause) + (message == null || message.isBlank() ? "" : " (" + message + ")");
    }

    /**
     * Returns whether another attempt would fail in the same way: TLS cannot be negotiated, or the program's own code
     * fails.
     */
    static boolean isPermanent(IOException cause) {
        return isAboutCertificate(cause)
                || cause instanceof UserCodeException
                || cause instanceof SSLProtocolException
                || cause instanceof SSLHandshakeException && !isAboutConnection(cause)
                // A response in plain HTTP is reported as a bare SSLException.
                || cause instanceof SSLException
                        && String.valueOf(cause.getMessage()).contains("unrecognized SSL message");
    }

    /** Returns the hint for the user, or null. */
    public static @Nullable String hint(IOException cause) {
        if (cause instanceof UserCodeException) {
            return null; // neither the network nor the cloud is the cause
        }
        if (isAboutCertificate(cause)) {
            return "The server's certificate is not trusted: check this computer's clock, and whether a proxy inspects TLS.";
        }
        if (cause instanceof SSLException && isPermanent(cause)) {
            return "Client and server have no TLS version or cipher in common, or the server does not use TLS: check the endpoint, "
                    + "the proxy, and the TLS settings of the OkHttpClient and of Java.";
        }
        return cause instanceof UnknownHostException
                ? "Check the network and its DNS."
                : "Check the network, and that the cloud can be reached from it.";
    }

    static boolean isAboutCertificate(@Nullable Throwable cause) {
        return cause instanceof SSLPeerUnverifiedException
                || cause instanceof CertificateException
                || cause instanceof SSLHandshakeException && isAboutCertificate(cause.getCause());
    }

    private static boolean isAboutConnection(@Nullable Throwable cause) {
        return cause instanceof EOFException
                || cause instanceof SocketException
                || cause instanceof InterruptedIOException
                || cause instanceof ClosedChannelException
                || cause != null && isAboutConnection(cause.getCause());
    }

    /**
     * Returns whether the message may quote the response: OkHttp quotes lines and bytes that it cannot parse, and these
     * may contain secrets.
     */
    static boolean mayQuoteResponse(@Nullable Throwable cause) {
        if (cause == null) {
            return false;
        }
        return cause instanceof ProtocolException && !CLOSED_EARLY.equals(cause.getMessage())
                || cause instanceof EOFException
                || mayQuoteResponse(cause.getCause());
    }

    private static boolean closedEarly(IOException cause) {
        return cause instanceof EOFException
                || cause.getCause() instanceof EOFException
                || cause.getMessage() != null && cause.getMessage().startsWith(CLOSED_EARLY);
    }

    private static String kind(IOException cause) {
        if (cause instanceof UnknownHostException) {
            return "host name not found";
        }
        if (cause instanceof SSLPeerUnverifiedException) {
            return "the server's certificate does not match its host name";
        }
        if (cause instanceof SSLHandshakeException) {
            return "TLS handshake failed";
        }
        if (cause instanceof SSLException) {
            return "the TLS connection failed";
        }
        if (cause instanceof ConnectException) {
            return isRefusal(cause) ? "connection refused" : "no connection to the server";
        }
        if (cause instanceof NoRouteToHostException) {
            return "no route to the server";
        }
        return cause instanceof SocketException || cause instanceof ClosedChannelException
                ? "connection lost"
                : "the connection failed";
    }

    /**
     * Returns whether the connection was refused. OkHttp's message contains only the address, so causes are checked as
     * well.
     */
    private static boolean isRefusal(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("refused") || cause.getCause() != null && isRefusal(cause.getCause());
    }

    private static String after(Duration elapsed) {
        long tenths = Math.round(elapsed.toMillis() / 100.0);
        if (tenths == 0) {
            return "";
        }
        return " after " + (tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10) + " s";
    }
}
