package io.github.tuyacloud.fake;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Creates server sockets for many concurrent connections without delays. */
final class LoopbackServerSocketFactory extends ServerSocketFactory {
    private static final int BACKLOG = 1024;

    /** The connection that a server thread serves: the one whose streams it requested last. */
    private static final ThreadLocal<TrackedSocket> SERVED = new ThreadLocal<>();

    private final boolean secure;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    LoopbackServerSocketFactory(boolean secure) {
        this.secure = secure;
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new PromptServerSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, BACKLOG);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        ServerSocket socket = createServerSocket();
        socket.bind(new InetSocketAddress(address, port), backlog);
        return socket;
    }

    /** Closes all accepted connections without notice to the other side. */
    void cutConnections() {
        for (Socket connection : List.copyOf(connections)) {
            try {
                connection.close();
            } catch (IOException e) {
                // The connection is unusable, as intended.
            }
        }
    }

    /**
     * Runs an action when the connection served by the current thread is closed, or immediately if it is already
     * closed.
     */
    static void whenConnectionCloses(Runnable action) {
        TrackedSocket served = SERVED.get();
        if (served == null) {
            throw new IllegalStateException("this thread serves no connection");
        }
        served.whenClosed(action);
    }

    private final class PromptServerSocket extends ServerSocket {
        PromptServerSocket() throws IOException {}

        @Override
        public void bind(SocketAddress address, int backlog) throws IOException {
            super.bind(address, BACKLOG);
        }

        @Override
        public Socket accept() throws IOException {
            Socket socket = secure ? new TrackedSocket() : new PlainSocket();
            implAccept(socket);
            connections.add(socket);
            // Headers and body are written separately; without this, the body waits 40 ms for the client's
            // acknowledgment.
            socket.setTcpNoDelay(true);
            return socket;
        }
    }

    private class TrackedSocket extends Socket {
        private final Queue<Runnable> closeActions = new ConcurrentLinkedQueue<>();

        final void whenClosed(Runnable action) {
            closeActions.add(action);
            if (isClosed()) {
                runCloseActions();
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            SERVED.set(this);
            return super.getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new ClosingOutputStream(super.getOutputStream());
        }

        @Override
        public void close() throws IOException {
            connections.remove(this);
            super.close();
            runCloseActions();
        }

        private void runCloseActions() {
            for (Runnable action = closeActions.poll(); action != null; action = closeActions.poll()) {
                action.run();
            }
        }

        /** Closes the socket if writing fails; MockWebServer would leave it open. */
        private final class ClosingOutputStream extends FilterOutputStream {
            ClosingOutputStream(OutputStream out) {
                super(out);
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    TrackedSocket.this.close();
                    throw e;
                }
            }
        }
    }

    private final class PlainSocket extends TrackedSocket {
        private @Nullable InputStream input;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (input == null) {
                input = new GetBodyMarker(super.getInputStream());
            }
            return input;
        }
    }
}
