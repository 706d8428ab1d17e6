package io.github.tuyacloud.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Layers TLS over an {@link ObservedSocket}, using the TLS factory of a client. Needed for SOCKS proxies, because
 * OkHttp does not use the socket factory for them.
 */
final class ObservedTlsFactory extends SSLSocketFactory {

    private final SSLSocketFactory tls;
    private final InterruptibleSocketFactory sockets;

    private ObservedTlsFactory(SSLSocketFactory tls, InterruptibleSocketFactory sockets) {
        this.tls = tls;
        this.sockets = sockets;
    }

    /**
     * Sets a new factory, unless the client does not use TLS.
     *
     * @param base the client with the TLS factory
     * @param sockets keeps track of the observed sockets
     */
    static void addTo(OkHttpClient.Builder builder, OkHttpClient base, InterruptibleSocketFactory sockets) {
        @Nullable X509TrustManager trust = base.x509TrustManager(); // null if the client does not use TLS
        if (trust != null) {
            builder.sslSocketFactory(new ObservedTlsFactory(base.sslSocketFactory(), sockets), trust);
        }
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        ObservedSocket below = sockets.observed(socket);
        Socket above = tls.createSocket(below, host, port, autoClose);
        sockets.layered(above, below);
        return above;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return tls.createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return tls.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return tls.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return tls.createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return tls.createSocket(host, port, localHost, localPort);
    }
}
