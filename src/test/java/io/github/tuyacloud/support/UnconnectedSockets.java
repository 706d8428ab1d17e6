package io.github.tuyacloud.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** A factory whose sockets a test chooses. They are created unconnected, because OkHttp connects its sockets itself. */
public final class UnconnectedSockets extends SocketFactory {

    private final Creation creation;

    /** Creates one unconnected socket. */
    @FunctionalInterface
    public interface Creation {
        Socket create() throws IOException;
    }

    /** Code that runs before a socket connects. */
    @FunctionalInterface
    public interface Network {
        void connect() throws IOException;
    }

    public UnconnectedSockets(Creation creation) {
        this.creation = creation;
    }

    /** Returns a factory whose sockets run some code before they connect. */
    public static SocketFactory connectingAfter(Network network) {
        return new UnconnectedSockets(() -> new Socket() {
            @Override
            public void connect(SocketAddress address, int timeout) throws IOException {
                network.connect();
                super.connect(address, timeout);
            }
        });
    }

    @Override
    public Socket createSocket() throws IOException {
        return creation.create();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }
}
