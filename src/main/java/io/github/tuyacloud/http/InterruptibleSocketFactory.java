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
 * Creates sockets whose reads are counted. Without a factory of the user's, they have a channel: unlike with plain sockets,
 * their blocking reads end at once on an interrupt, and {@link ConnectionProbe} can check them without blocking.
 */
final class InterruptibleSocketFactory extends SocketFactory {

    /** Android's TLS reads a socket's file descriptor, which only the platform's own sockets have. */
    static final boolean ANDROID = "Dalvik".equals(System.getProperty("java.vm.name"));

    private final @Nullable SocketFactory users;
    private final ConcurrentMap<SocketChannel, ObservedSocket> open = new ConcurrentHashMap<>();

    /** The sockets below TLS, by the sockets above it, where no channel leads to them. */
    private final Map<Socket, ObservedSocket> layered = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * Creates a factory.
     *
     * @param users the user's own factory; null for sockets with a channel
     */
    InterruptibleSocketFactory(@Nullable SocketFactory users) {
        this.users = users;
    }

    /** Returns the socket below a connection's socket that counts its reads; null if they cannot be counted. */
    @Nullable
    ObservedSocket below(Socket socket) {
        if (socket instanceof ObservedSocket) {
            return (ObservedSocket) socket;
        }
        SocketChannel channel = socket.getChannel();
        ObservedSocket below = channel == null ? layered.get(socket) : open.get(channel);
        // After a handshake without one read, TLS has found another way to the network.
        return below == null || below.reads() == 0 ? null : below;
    }

    /** Returns a socket that counts the reads of another one. */
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

    /** Records a socket that adds TLS to an observed one. */
    void layered(Socket tls, ObservedSocket below) {
        layered.put(tls, below);
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = users == null ? SocketChannel.open().socket() : users.createSocket();
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
