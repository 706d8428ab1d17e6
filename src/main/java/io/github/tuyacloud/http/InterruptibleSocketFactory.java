package io.github.tuyacloud.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Creates sockets that count their reads. Unless the user has set a socket factory, they are backed by a channel: an
 * interrupt then ends a blocking read immediately, which it does not with a plain socket, and {@link ConnectionProbe}
 * can check them without blocking.
 */
final class InterruptibleSocketFactory extends SocketFactory {

    /** On Android, TLS reads from the file descriptor of a socket, and only the platform's own sockets have one. */
    static final boolean ANDROID = "Dalvik".equals(System.getProperty("java.vm.name"));

    private final @Nullable SocketFactory custom;
    private final ConcurrentMap<SocketChannel, ObservedSocket> open = new ConcurrentHashMap<>();

    /** The observed sockets below TLS sockets, for those that have no channel to find them by. */
    private final Map<Socket, ObservedSocket> layered = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * Creates a factory.
     *
     * @param custom the user's own factory; null for sockets that are backed by a channel
     */
    InterruptibleSocketFactory(@Nullable SocketFactory custom) {
        this.custom = custom;
    }

    /** Returns the socket that counts the reads of a connection; null if they cannot be counted. */
    @Nullable
    ObservedSocket below(Socket socket) {
        if (socket instanceof ObservedSocket) {
            return (ObservedSocket) socket;
        }
        SocketChannel channel = socket.getChannel();
        ObservedSocket below = channel == null ? layered.get(socket) : open.get(channel);
        // If the handshake was done without a single read, TLS bypasses this socket.
        return below == null || below.reads() == 0 ? null : below;
    }

    /** Returns a socket that wraps another one and counts its reads. */
    ObservedSocket observed(Socket socket) {
        if (socket instanceof ObservedSocket) {
            return (ObservedSocket) socket;
        }
        ObservedSocket observed = new ObservedSocket(socket, open);
        SocketChannel channel = observed.getChannel();
        if (channel != null) {
            open.put(channel, observed);
        }
        return observed;
    }

    /** Records that a TLS socket was layered over an observed one. */
    void layered(Socket tls, ObservedSocket below) {
        layered.put(tls, below);
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = custom == null ? SocketChannel.open().socket() : custom.createSocket();
        return ANDROID ? socket : observed(socket);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    private Socket connected(InetSocketAddress remote, @Nullable InetSocketAddress local) throws IOException {
        Socket socket = createSocket();
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(remote);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
