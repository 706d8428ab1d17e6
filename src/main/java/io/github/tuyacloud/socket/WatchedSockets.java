package io.github.tuyacloud.socket;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Creates the sockets of one connection. They record when data arrives, because OkHttp does not report pongs, and limit
 * the size of messages, because OkHttp does not. With TLS, they watch the decrypted bytes.
 */
final class WatchedSockets {

    private final LastActivity lastActivity;
    private final long maxMessage;

    WatchedSockets(LastActivity lastActivity, long maxMessage) {
        this.lastActivity = lastActivity;
        this.maxMessage = maxMessage;
    }

    /** Returns a factory for connections without TLS. */
    SocketFactory plain() {
        return new Plain();
    }

    /** Returns a factory that adds TLS with the given factory. */
    SSLSocketFactory tls(SSLSocketFactory factory) {
        return new Tls(factory);
    }

    private InputStream watched(InputStream in) {
        FrameLimits limits = new FrameLimits(maxMessage, lastActivity::nanos);
        return new InputStream() {
            private @Nullable ProtocolViolationException violation;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (violation != null) {
                    throw violation;
                }
                int count = in.read(bytes, offset, length);
                if (count > 0) {
                    lastActivity.record();
                    try {
                        limits.read(bytes, offset, count);
                    } catch (ProtocolViolationException e) {
                        // Thrown by the next read, because these bytes may start with a valid handshake or messages.
                        violation = e;
                    }
                }
                return count;
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    private static IOException notUsed() {
        return new IOException("not used by OkHttp");
    }

    private final class Plain extends SocketFactory {

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public InputStream getInputStream() throws IOException {
                    return watched(super.getInputStream());
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw notUsed();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            throw notUsed();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw notUsed();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
                throws IOException {
            throw notUsed();
        }
    }

    private final class Tls extends SSLSocketFactory {

        private final SSLSocketFactory factory;

        Tls(SSLSocketFactory factory) {
            this.factory = factory;
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            Socket secured = factory.createSocket(socket, host, port, autoClose);
            return secured instanceof SSLSocket tls ? new WatchedTlsSocket(tls, WatchedSockets.this::watched) : secured;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw notUsed();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            throw notUsed();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw notUsed();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
                throws IOException {
            throw notUsed();
        }
    }
}
