package io.github.tuyacloud.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Creates sockets with a channel: unlike plain sockets, their blocking reads end at once on an interrupt, and
 * {@link ConnectionProbe} can check them without blocking.
 */
final class InterruptibleSocketFactory extends SocketFactory {

    /** Android's TLS reads a socket's file descriptor, which only the platform's own sockets have. */
    private static final boolean ANDROID = "Dalvik".equals(System.getProperty("java.vm.name"));

    private final ConcurrentMap<SocketChannel, ObservedSocket> open = new ConcurrentHashMap<>();

    /** Returns the open socket below a connection's socket; null if this factory did not create it. */
    @Nullable
    ObservedSocket below(Socket socket) {
        SocketChannel channel = socket.getChannel();
        return channel == null ? null : open.get(channel);
    }

    @Override
    public Socket createSocket() throws IOException {
        SocketChannel channel = SocketChannel.open();
        if (ANDROID) {
            return channel.socket();
        }
        ObservedSocket socket = new ObservedSocket(channel, open);
        open.put(channel, socket);
        return socket;
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
